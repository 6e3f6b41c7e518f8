import { Readable } from 'node:stream';
import { Controller, Get, Headers, Res } from '@nestjs/common';
import type { JobKey } from '@waybill/contracts';
import { ProblemException } from '@waybill/platform';
import type { FastifyReply } from 'fastify';
import { clientSignal } from '../http/client-signal.js';
import { noSuchJob } from '../http/refusals.js';
import { RequestedJob } from '../http/request-parameters.js';
import { ServiceLife } from '../http/service-life.js';
import { FollowJob } from './follow-job.js';
import { serverSentEvents } from './server-sent-events.js';

@Controller('v1/jobs/:id/events')
export class EventsController {
  constructor(
    private readonly follower: FollowJob,
    private readonly life: ServiceLife,
  ) {}

  /** 204 tells an EventSource, which reconnects when an answer ends, that there is nothing to reconnect for. */
  @Get()
  async follow(
    @RequestedJob() job: JobKey,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const signal = AbortSignal.any([clientSignal(reply), this.life.signal]);
    const following = await this.follower.follow(job, sequenceOf(lastEventId), signal);
    if (following.kind === 'unknown') throw noSuchJob(job);
    if (following.kind === 'over') {
      await reply.code(204).send();
      return;
    }
    await reply
      .type('text/event-stream; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no')
      .send(Readable.from(serverSentEvents(following.events)));
  }
}

function sequenceOf(lastEventId = ''): number {
  if (lastEventId === '') return 0;
  if (/^\d{1,15}$/.test(lastEventId)) return Number(lastEventId);
  throw new ProblemException(
    'invalid-request',
    'Last-Event-ID is not the id of an event; send one that came with an event, or none.',
  );
}
