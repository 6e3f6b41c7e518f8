import { Controller, HttpCode, HttpStatus, Post, Req, Res } from '@nestjs/common';
import { jobLinks, type AcceptanceView, type BlobReference, type Submission } from '@waybill/contracts';
import { newJobId } from '@waybill/jobs';
import { ProblemException, tenantOfRequest } from '@waybill/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AcceptSubmission, CallbackRefusal, type Acceptance } from '../submission/accept-submission.js';
import { parseSubmission } from '../submission/parse-submission.js';
import { StoreDocuments } from '../submission/store-documents.js';
import { readMultipart } from './read-multipart.js';

const retryAfterSeconds = '1';

/** The REST door: `POST /v1/jobs`, as JSON or as multipart. */
@Controller('v1/jobs')
export class JobsController {
  constructor(
    private readonly submissions: AcceptSubmission,
    private readonly documents: StoreDocuments,
  ) {}

  @Post()
  @HttpCode(HttpStatus.ACCEPTED)
  async submit(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcceptanceView> {
    const uploads = new Map<string, BlobReference>();
    try {
      const submission = await this.read(request, uploads);
      const { jobId, finished } = await this.accept(submission, uploads);
      const links = jobLinks(jobId);
      void reply.headers({ location: links.self, 'retry-after': retryAfterSeconds });
      return { id: jobId, status: finished ?? 'queued', links };
    } catch (error) {
      // What is left of a refused upload is not worth reading.
      if (!request.raw.complete) void reply.header('connection', 'close');
      throw error;
    }
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

  private async accept(submission: Submission, uploads: Map<string, BlobReference>): Promise<Acceptance> {
    try {
      const jobId = submission.id ?? newJobId();
      return await this.submissions.accept({ door: 'rest', jobId, submission, uploads });
    } catch (error) {
      if (error instanceof CallbackRefusal) throw new ProblemException('callback-refused', error.message);
      throw error;
    }
  }
}
