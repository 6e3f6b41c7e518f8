import { Controller, HttpCode, HttpStatus, Param, Post, Req, Res } from '@nestjs/common';
import { jobIdSchema, jobLinks, type AcceptanceView, type BlobReference, type Submission } from '@waybill/contracts';
import { runWithTrace, traceparentFrom } from '@waybill/jetstream';
import { newJobId } from '@waybill/jobs';
import { callerOfRequest, leaveBody, ProblemException, tenantOfRequest } from '@waybill/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AcceptSubmission, CallbackRefusal, type Acceptance } from '../submission/accept-submission.js';
import { parseSubmission } from '../submission/parse-submission.js';
import { RefuseAtDoor } from '../submission/refuse-at-door.js';
import { RetryJob } from '../submission/retry-job.js';
import { StoreDocuments } from '../submission/store-documents.js';
import { readMultipart } from './read-multipart.js';

const retryAfterSeconds = '1';

/** The REST door: `POST /v1/jobs`, as JSON or as multipart. */
@Controller('v1/jobs')
export class JobsController {
  constructor(
    private readonly submissions: AcceptSubmission,
    private readonly documents: StoreDocuments,
    private readonly retrier: RetryJob,
    private readonly refuseAtDoor: RefuseAtDoor,
  ) {}

  @Post()
  @HttpCode(HttpStatus.ACCEPTED)
  async submit(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcceptanceView> {
    const uploads = new Map<string, BlobReference>();
    try {
      await this.refuseAtDoor.check(request);
      const submission = await this.read(request, uploads);
      // A client that traces is where the job's trace begins; else it begins here.
      const { credential } = callerOfRequest(request);
      const accepting = () => this.accept(submission, uploads, credential);
      return announce(await runWithTrace(traceparentFrom(traceHeaderOf(request)), accepting), reply);
    } catch (error) {
      leaveBody(request, reply);
      throw error;
    }
  }

  @Post(':id/retry')
  @HttpCode(HttpStatus.ACCEPTED)
  async retry(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcceptanceView> {
    await this.refuseAtDoor.check(request);
    const { tenant, credential } = callerOfRequest(request);
    const retrying = this.retrier.retry({ tenant, jobId: jobIdSchema.parse(id) }, credential);
    const retry = await withoutCallbackRefusal(retrying);
    if (retry.kind === 'accepted') return announce(retry.acceptance, reply);
    if (retry.kind === 'not-final') {
      throw new ProblemException('job-not-final', `The job ${id} is under way; retry it when it has ended.`);
    }
    throw new ProblemException('job-not-found', `There is no job ${id} that could be retried, or none any more.`);
  }

  private async read(request: FastifyRequest, uploads: Map<string, BlobReference>): Promise<Submission> {
    const tenant = tenantOfRequest(request);
    if (!request.isMultipart()) return parseSubmission(request.body, tenant);
    try {
      return parseSubmission(await readMultipart(request, tenant, this.documents, uploads), tenant);
    } catch (error) {
      await this.documents.discard([...uploads.values()]);
      throw error;
    }
  }

  private async accept(
    submission: Submission,
    uploads: Map<string, BlobReference>,
    credential: string,
  ): Promise<Acceptance> {
    const jobId = submission.id ?? newJobId();
    return await withoutCallbackRefusal(
      this.submissions.accept({ door: 'rest', jobId, submission, uploads, credential }),
    );
  }
}

const traceHeaderOf = ({ headers }: FastifyRequest): string | undefined =>
  typeof headers['traceparent'] === 'string' ? headers['traceparent'] : undefined;

/** The answer to whoever has submitted: where to ask, and when. */
function announce({ jobId, finished }: Acceptance, reply: FastifyReply): AcceptanceView {
  const links = jobLinks(jobId);
  void reply.headers({ location: links.self, 'retry-after': retryAfterSeconds });
  return { id: jobId, status: finished ?? 'queued', links };
}

async function withoutCallbackRefusal<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof CallbackRefusal) throw new ProblemException('callback-refused', error.message);
    throw error;
  }
}
