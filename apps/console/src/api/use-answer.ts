import { useEffect, useRef, useState } from 'react';
import { askJson, type AskError } from './ask.js';
import { useSession } from './session.js';

/** What was last answered stays while it is asked again, and when that fails. */
export interface Answer<Value> {
  readonly value: Value | undefined;
  readonly error: AskError | undefined;
  readonly again: () => void;
}

interface Held<Value> {
  readonly path: string | undefined;
  readonly value?: Value;
  readonly error?: AskError;
}

/** Asks for a path, again every `everyMs` while the tab is visible; an undefined path asks nothing. */
export function useAnswer<Value>(path: string | undefined, everyMs?: number): Answer<Value> {
  const { key, tenant } = useSession();
  const [held, setHeld] = useState<Held<Value>>({ path });
  const [turn, setTurn] = useState(0);
  const asked = useRef(path);
  asked.current = path;

  useEffect(() => {
    if (path === undefined) return undefined;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const run = async (): Promise<void> => {
      if (document.visibilityState === 'visible') {
        try {
          const value = await askJson<Value>(path, { signal: stop.signal });
          if (!stop.signal.aborted) setHeld({ path, value });
        } catch (error) {
          if (stop.signal.aborted) return;
          setHeld((before) => ({ ...(before.path === path ? before : { path }), error: error as AskError }));
        }
      }
      if (everyMs !== undefined && !stop.signal.aborted) timer = setTimeout(() => void run(), everyMs);
    };
    void run();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [path, everyMs, turn, key, tenant]);

  const isCurrent = held.path === path;
  return {
    value: isCurrent ? held.value : undefined,
    error: isCurrent ? held.error : undefined,
    again: () => setTurn((before) => before + 1),
  };
}
