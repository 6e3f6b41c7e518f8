import { changeSession, useSession } from '../api/session.js';
import { Link } from './link.js';
import { themes, useTheme, type Theme } from './theme.js';

const places = [
  ['/', 'Overview'],
  ['/jobs', 'Jobs'],
  ['/submit', 'Submit'],
  ['/usage', 'Usage'],
  ['/routing', 'Routing'],
  ['/dead-letters', 'Dead letters'],
] as const;

const isIn = (path: string, place: string): boolean =>
  path === place || (place !== '/' && path.startsWith(`${place}/`));

export function Sidebar({ path }: { path: string }) {
  const [theme, setTheme] = useTheme();
  const { key, tenant } = useSession();
  return (
    <aside className="sidebar">
      <Link to="/" className="brand">
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <rect width="24" height="24" rx="6" />
          <path d="M6 7.5 8.8 16.5 12 9.5l3.2 7L18 7.5" />
        </svg>
        Waybill
      </Link>
      <nav aria-label="Pages">
        {places.map(([place, name]) => (
          <Link key={place} to={place} aria-current={isIn(path, place) ? 'page' : undefined}>
            {name}
          </Link>
        ))}
      </nav>
      <div className="sidebar-end">
        <label>
          Tenant
          <input
            name="tenant"
            defaultValue={tenant}
            placeholder="default"
            spellCheck={false}
            onBlur={(event) => changeSession({ tenant: event.target.value.trim() })}
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.currentTarget.blur();
            }}
          />
        </label>
        <label>
          Colours
          <select value={theme} onChange={(event) => setTheme(event.target.value as Theme)}>
            {themes.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        {key === '' ? null : (
          <button type="button" className="quiet" onClick={() => changeSession({ key: '', isRefused: true })}>
            Sign out
          </button>
        )}
        <p className="hint">
          <kbd>?</kbd> shows the keys
        </p>
      </div>
    </aside>
  );
}
