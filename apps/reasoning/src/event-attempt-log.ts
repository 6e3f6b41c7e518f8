import type { JobKey } from '@waybill/contracts';
import type { Clock, EventLog } from '@waybill/jobs';
import type { AttemptLog, NotedAttempt } from '@waybill/llm-routing';

/** Attempts as events of their job: whoever follows the job sees them, and they stay when it moves or waits. */
export class EventAttemptLog implements AttemptLog {
  constructor(
    private readonly events: Pick<EventLog, 'append' | 'attempts'>,
    private readonly clock: Clock,
  ) {}

  async note({ tenant, jobId }: JobKey, { id, document, portion, attempt }: NotedAttempt): Promise<void> {
    await this.events.append({
      ...{ version: 1, type: 'attempt-made', tenant, jobId, at: this.clock.now().toISOString() },
      ...{ attemptId: id, document, attempt },
      ...(portion === undefined ? {} : { portion }),
    });
  }

  async made(job: JobKey): Promise<readonly NotedAttempt[]> {
    const events = await this.events.attempts(job);
    return events.map(({ attemptId, document, portion, attempt }) => ({
      ...{ id: attemptId, document, attempt },
      ...(portion === undefined ? {} : { portion }),
    }));
  }
}
