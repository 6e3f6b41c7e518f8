import { useSyncExternalStore } from 'react';

const root = '/console';
const listeners = new Set<() => void>();
globalThis.addEventListener('popstate', () => notify());

function notify(): void {
  for (const listener of listeners) listener();
}

/** The console's own path with its query, for example `/jobs?status=failed`. */
export const here = (): string => (location.pathname.slice(root.length) || '/') + location.search;

export const hrefOf = (path: string): string => root + path;

/** Goes to one of the console's own addresses. `replace` leaves no step to go back to. */
export function go(path: string, manner: 'push' | 'replace' = 'push'): void {
  if (manner === 'push') history.pushState(null, '', hrefOf(path));
  else history.replaceState(null, '', hrefOf(path));
  notify();
}

export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
}

export function usePlace(): Place {
  const text = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, here);
  const [path = '/', query = ''] = text.split('?', 2);
  return { path, query: new URLSearchParams(query) };
}

/** The present address with some of its query changed; an empty value takes a part away. */
export function withQuery({ path, query }: Place, changes: Readonly<Record<string, string>>): string {
  const changed = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') changed.delete(name);
    else changed.set(name, value);
  }
  return changed.size === 0 ? path : `${path}?${changed}`;
}
