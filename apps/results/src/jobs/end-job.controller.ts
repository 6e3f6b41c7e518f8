import { Controller, Delete, HttpCode, Post, Query, Req } from '@nestjs/common';
import { deleteJobQuerySchema, type JobKey, type JobView, type PurgeView } from '@waybill/contracts';
import { callerOfRequest, ProblemException } from '@waybill/platform';
import type { FastifyRequest } from 'fastify';
import { noSuchJob } from '../http/refusals.js';
import { RequestedJob } from '../http/request-parameters.js';
import { PurgeBatch } from '../purge/purge-batch.js';
import { PurgeJob } from '../purge/purge-job.js';
import { CancelJob } from './cancel-job.js';
import { JobReader } from './job-reader.js';

/** Jobs that shall not go on, or shall not have been. */
@Controller('v1/jobs')
export class EndJobController {
  constructor(
    private readonly reader: JobReader,
    private readonly canceller: CancelJob,
    private readonly purger: PurgeJob,
    private readonly batches: PurgeBatch,
  ) {}

  @Delete(':id')
  async delete(
    @RequestedJob() job: JobKey,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
  ): Promise<JobView | PurgeView> {
    if (deleteJobQuerySchema.parse(query).purge === 'false') return await this.cancel(job);
    const { scopes, credential } = callerOfRequest(request);
    if (!scopes.includes('admin')) throw mayNotPurge();
    const purged = (await this.purger.purge(job, credential)) ?? (await this.batches.purge(job, credential));
    if (!purged) throw noSuchJob(job);
    return purged;
  }

  @Post(':id/cancel')
  @HttpCode(200)
  async cancel(@RequestedJob() job: JobKey): Promise<JobView> {
    const cancellation = await this.canceller.cancel(job);
    if (cancellation.kind === 'unknown') throw noSuchJob(job);
    if (cancellation.kind === 'already-final') {
      const status = cancellation.job.finished?.status ?? 'final';
      throw new ProblemException(
        'job-already-final',
        `The job ${job.jobId} is ${status}; there is nothing left to cancel.`,
      );
    }
    return await this.reader.show(cancellation.job);
  }
}

const mayNotPurge = (): ProblemException =>
  new ProblemException(
    'forbidden',
    'To purge a job needs a credential with scope admin; without purge it is cancelled.',
  );
