import { setImmediate as turn } from 'node:timers/promises';
import type { JobKey } from '@waybill/contracts';
import type { JobArchive, JobState } from '@waybill/jobs';

type Condition = boolean | ((state: JobState) => boolean);

/**
 * Resolves when Postgres knows the job: finished (`true`), at all (`false`), or as the condition says. There is no
 * signal for it but the row itself, so it asks again and again; the test's own timeout ends it.
 */
export async function recorded(archive: JobArchive, job: JobKey, condition: Condition = true): Promise<JobState> {
  const holds =
    typeof condition === 'function' ? condition : (state: JobState) => !condition || Boolean(state.finished);
  for (;;) {
    const state = await archive.find(job);
    if (state && holds(state)) return state;
    await turn();
  }
}
