import { jobIdSchema, type Failure, type JobKey, type Tenant } from '@waybill/contracts';
import { endWithoutAnswer, type Clock, type EventLog } from '@waybill/jobs';

/** Makes a refused message of the NATS door visible: its sender has no other way to hear of the refusal. */
export class RefuseSubmission {
  constructor(
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /** Appends a failed job under the id that the message carries, unless it has none or a job has that id already. */
  async refuse(tenant: Tenant, raw: unknown, failure: Failure): Promise<void> {
    const parsed = jobIdSchema.safeParse(typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : undefined);
    if (!parsed.success) return;
    const job: JobKey = { tenant, jobId: parsed.data };
    if (await this.events.find(job, 'job-accepted')) return;
    await this.events.append(endWithoutAnswer(job, 'failed', [failure], this.clock.now()));
  }
}
