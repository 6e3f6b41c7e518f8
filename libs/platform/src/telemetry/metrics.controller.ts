import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ENVIRONMENT } from '../tokens.js';
import type { Environment } from '../config.js';
import { ProblemException } from '../problem-exception.js';
import { PrometheusMeter } from './prometheus-meter.js';

/** `/metrics` for Prometheus: open on the service's port, or for who has `WAYBILL_METRICS_TOKEN` when that is set. */
@Controller()
export class MetricsController {
  constructor(
    @Inject(PrometheusMeter) private readonly meter: PrometheusMeter,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @Get('metrics')
  async metrics(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { WAYBILL_METRICS_TOKEN: token } = this.environment;
    if (token !== undefined && !isSame(request.headers.authorization ?? '', `Bearer ${token}`)) {
      throw new ProblemException('unauthorized', 'Metrics are read with the bearer token of WAYBILL_METRICS_TOKEN.');
    }
    void reply.type(this.meter.contentType).header('cache-control', 'no-store');
    return await this.meter.scrape();
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const isSame = (given: string, wanted: string): boolean => timingSafeEqual(digest(given), digest(wanted));
