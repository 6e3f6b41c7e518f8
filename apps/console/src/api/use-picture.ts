import { useEffect, useState } from 'react';
import { ask } from './ask.js';

/** A picture that only the key opens, as an address that the page may show. Undefined until it is there, and without one. */
export function usePicture(path: string | undefined): string | undefined {
  const [held, setHeld] = useState<{ path: string; url: string }>();
  useEffect(() => {
    if (path === undefined) return undefined;
    const stop = new AbortController();
    let url: string | undefined;
    ask(path, { signal: stop.signal })
      .then(async (answer) => {
        const blob = await answer.blob();
        if (stop.signal.aborted) return;
        url = URL.createObjectURL(blob);
        setHeld({ path, url });
      })
      .catch(() => undefined);
    return () => {
      stop.abort();
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [path]);
  return held && held.path === path ? held.url : undefined;
}
