import { useState } from 'react';
import { ask, AskError } from '../api/ask.js';
import { changeSession, currentSession } from '../api/session.js';

/** Asks for an API key, tries it, and keeps it for this tab. */
export function SignIn() {
  const [sentence, setSentence] = useState('');
  const [isTrying, setIsTrying] = useState(false);
  const tryKey = async (key: string): Promise<void> => {
    setIsTrying(true);
    changeSession({ key, tenant: '' });
    try {
      await ask('/v1/overview');
      changeSession({ isRefused: false });
    } catch (error) {
      setSentence(error instanceof AskError ? error.message : String(error));
      setIsTrying(false);
    }
  };
  return (
    <main className="sign-in">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const key = new FormData(event.currentTarget).get('key');
          void tryKey(typeof key === 'string' ? key.trim() : '');
        }}
      >
        <h1>Waybill</h1>
        <p>An API key with the scope “read” opens the console; “submit” and “admin” let it do more.</p>
        <label>
          API key
          <input
            name="key"
            type="password"
            autoComplete="off"
            spellCheck={false}
            required
            autoFocus
            defaultValue={currentSession().key}
            placeholder="wb_live_…"
          />
        </label>
        <button type="submit" disabled={isTrying}>
          {isTrying ? 'Trying' : 'Sign in'}
        </button>
        {sentence === '' ? null : (
          <p role="alert" className="problem">
            {sentence}
          </p>
        )}
        <p className="hint">
          On this machine, <code>waybill up</code> prints a key at its first start and keeps it in <code>api-key</code>{' '}
          of the data folder. The key stays in this tab and ends with it.
        </p>
      </form>
    </main>
  );
}
