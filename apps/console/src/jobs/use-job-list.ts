import type { JobListView, JobView } from '@waybill/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { askJson, type AskError } from '../api/ask.js';
import { useSession } from '../api/session.js';

export interface JobList {
  readonly jobs: readonly JobView[];
  readonly isComplete: boolean;
  readonly error: AskError | undefined;
  /** Fetches what follows; harmless while it is being fetched. */
  readonly more: () => void;
  readonly again: () => void;
}

interface Held {
  readonly jobs: readonly JobView[];
  readonly next: string | null;
  readonly isComplete: boolean;
  readonly error?: AskError;
}

const nothing: Held = { jobs: [], next: null, isComplete: false };
const refreshMs = 4_000;

/** A listing, a page at a time. Its first page is asked again now and then as long as it is the only one. */
export function useJobList(path: string): JobList {
  const { key, tenant } = useSession();
  const [held, setHeld] = useState<Held>(nothing);
  const [turn, setTurn] = useState(0);
  const isAsking = useRef(false);

  useEffect(() => {
    const stop = new AbortController();
    setHeld(nothing);
    const first = async (): Promise<void> => {
      try {
        const { jobs, next } = await askJson<JobListView>(path, { signal: stop.signal });
        setHeld((before) => (before.jobs.length > jobs.length ? before : { jobs, next, isComplete: next === null }));
      } catch (error) {
        if (!stop.signal.aborted) setHeld((before) => ({ ...before, error: error as AskError }));
      }
    };
    void first();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void first();
    }, refreshMs);
    return () => {
      stop.abort();
      clearInterval(timer);
    };
  }, [path, turn, key, tenant]);

  const { next } = held;
  const more = useCallback(() => {
    if (next === null || isAsking.current) return;
    isAsking.current = true;
    askJson<JobListView>(`${path}&cursor=${next}`)
      .then((page) =>
        setHeld((before) =>
          before.next === next
            ? { jobs: [...before.jobs, ...page.jobs], next: page.next, isComplete: page.next === null }
            : before,
        ),
      )
      .catch((error: unknown) => setHeld((before) => ({ ...before, error: error as AskError })))
      .finally(() => {
        isAsking.current = false;
      });
  }, [path, next]);

  return { ...held, error: held.error, more, again: () => setTurn((before) => before + 1) };
}
