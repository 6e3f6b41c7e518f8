import { Controller, Get, Query, Res } from '@nestjs/common';
import {
  jobListQuerySchema,
  jobQuerySchema,
  type JobKey,
  type JobListView,
  type JobView,
  type Tenant,
} from '@waybill/contracts';
import type { FastifyReply } from 'fastify';
import { clientSignal } from '../http/client-signal.js';
import { noSuchJob, retryAfterSeconds } from '../http/refusals.js';
import { RequestedJob, RequestTenant } from '../http/request-parameters.js';
import { ServiceLife } from '../http/service-life.js';
import { JobReader } from './job-reader.js';
import { WaitForJob } from './wait-for-job.js';

@Controller('v1/jobs')
export class JobsController {
  constructor(
    private readonly reader: JobReader,
    private readonly waiter: WaitForJob,
    private readonly life: ServiceLife,
  ) {}

  @Get()
  async list(@RequestTenant() tenant: Tenant, @Query() query: unknown): Promise<JobListView> {
    return await this.reader.list(tenant, jobListQuerySchema.parse(query));
  }

  @Get(':id')
  async find(
    @RequestedJob() job: JobKey,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobView> {
    const { wait = 0 } = jobQuerySchema.parse(query);
    const view = wait > 0 ? await this.wait(job, wait, reply) : await this.reader.find(job);
    if (!view) throw noSuchJob(job);
    if (!view.finishedAt) reply.header('retry-after', retryAfterSeconds);
    return view;
  }

  /** A client that goes away, and a service that stops, end the wait early. */
  private async wait(job: JobKey, waitMs: number, reply: FastifyReply): Promise<JobView | undefined> {
    const signal = AbortSignal.any([AbortSignal.timeout(waitMs), clientSignal(reply), this.life.signal]);
    const state = await this.waiter.wait(job, signal);
    return state && (await this.reader.show(state));
  }
}
