import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { consumers, tenantOfSubject, tenantSchema } from '@waybill/contracts';
import { JetstreamContext } from '@waybill/jetstream';
import {
  completed,
  deferred,
  failedTerminal,
  jobIdOfMessage,
  outcomeOfError,
  StageError,
  type Outcome,
} from '@waybill/jobs';
import { AcceptSubmission } from './accept-submission.js';
import { parseSubmission } from './parse-submission.js';
import { RefuseSubmission } from './refuse-submission.js';
import { QueuesFull, RefuseWhenFull } from './refuse-when-full.js';

/** The NATS door. The tenant is the subject's; a message without an id gets the same one at every delivery. */
@Controller()
export class SubmissionHandler {
  constructor(
    private readonly submissions: AcceptSubmission,
    private readonly refusals: RefuseSubmission,
    private readonly refuseWhenFull: RefuseWhenFull,
  ) {}

  @EventPattern<string>(consumers.submit.name)
  async handle(@Payload() raw: unknown, @Ctx() context: JetstreamContext): Promise<Outcome> {
    const tenant = tenantSchema.safeParse(tenantOfSubject(context.subject));
    if (!tenant.success) {
      const message = `The tenant in the subject ${context.subject} is not a tenant's name; publish to another subject.`;
      return failedTerminal({ code: 'invalid-submission', message });
    }
    try {
      await this.refuseWhenFull.check();
      const submission = parseSubmission(raw, tenant.data);
      const jobId = submission.id ?? jobIdOfMessage(context.stream, context.sequence);
      const { outcome } = await this.submissions.accept({ door: 'nats', jobId, submission });
      context.log.debug({ job: jobId, outcome }, 'submission taken');
      return completed();
    } catch (error) {
      if (error instanceof QueuesFull) return deferred(new Date(Date.now() + error.waitMs), error.message);
      const outcome = outcomeOfError(error);
      if (!outcome) throw error;
      if (error instanceof StageError && !error.retryable) {
        await this.refusals.refuse(tenant.data, raw, error.failure);
        context.log.info({ failure: error.failure }, 'submission refused');
      }
      return outcome;
    }
  }
}
