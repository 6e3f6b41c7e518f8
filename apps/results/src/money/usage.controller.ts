import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { usageQuerySchema, type Tenant, type UsageView } from '@waybill/contracts';
import { systemClock } from '@waybill/jobs';
import type { UsageBook } from '@waybill/llm-routing';
import { USAGE_BOOK } from '@waybill/persistence';
import type { FastifyReply } from 'fastify';
import { RequestTenant } from '../http/request-parameters.js';
import { usageCsv } from './usage-csv.js';

const daysShown = 30;

/** What a tenant has spent, added up in as many ways as are asked for. */
@Controller('v1/usage')
export class UsageController {
  constructor(@Inject(USAGE_BOOK) private readonly book: UsageBook) {}

  @Get()
  async usage(
    @RequestTenant() tenant: Tenant,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UsageView | string> {
    const { by = [], from, to, format, ...filters } = usageQuerySchema.parse(query);
    const end = to === undefined ? systemClock.now() : new Date(to);
    const begin = from === undefined ? new Date(end.getTime() - daysShown * 86_400_000) : new Date(from);
    const { tag, job, model, limit } = filters;
    const view = await this.book.usage(tenant, {
      ...{ by, from: begin, to: end, limit },
      ...(tag === undefined ? {} : { tag }),
      ...(job === undefined ? {} : { job }),
      ...(model === undefined ? {} : { model }),
    });
    if (format === 'json') return view;
    reply.type('text/csv; charset=utf-8');
    return usageCsv(view);
  }
}
