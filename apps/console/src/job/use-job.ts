import type { JobEventView, JobView } from '@waybill/contracts';
import { useEffect, useState } from 'react';
import { followJob } from '../api/follow-job.js';
import { useAnswer, type Answer } from '../api/use-answer.js';
import { useSession } from '../api/session.js';

/** Events come by the hundred; they are shown together. */
const gatherMs = 150;

/** A job and its events as they happen. Each batch of events has the job asked for again, until it is final. */
export function useJob(id: string): Answer<JobView> & { readonly events: readonly JobEventView[] } {
  const { key, tenant } = useSession();
  const [events, setEvents] = useState<readonly JobEventView[]>([]);
  const [turn, setTurn] = useState(0);
  const answer = useAnswer<JobView>(`/v1/jobs/${id}`);
  const { again } = answer;
  const isFinal = answer.value?.finishedAt !== undefined;

  useEffect(() => {
    const stop = new AbortController();
    setEvents([]);
    void (async () => {
      let gathered: JobEventView[] = [];
      let timer: ReturnType<typeof setTimeout> | undefined;
      const show = (): void => {
        timer = undefined;
        const batch = gathered;
        gathered = [];
        setEvents((before) => [...before, ...batch]);
        setTurn((before) => before + 1);
      };
      for await (const event of followJob(id, stop.signal)) {
        gathered.push(event);
        timer ??= setTimeout(show, gatherMs);
      }
    })();
    return () => stop.abort();
  }, [id, key, tenant]);

  useEffect(() => {
    if (turn > 0 && !isFinal) again();
    // `again` is new at every turn; the batch of events is what asks.
  }, [turn]);

  return { ...answer, events };
}
