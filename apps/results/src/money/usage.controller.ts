import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { usageQuerySchema, type UsageView } from '@waybill/contracts';
import { PageQuotas } from '@waybill/identity';
import { callerOfRequest } from '@waybill/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReportUsage } from './report-usage.js';
import { usageCsv } from './usage-csv.js';

/** What a tenant has spent, added up in as many ways as are asked for. */
@Controller('v1/usage')
export class UsageController {
  constructor(
    private readonly reporter: ReportUsage,
    private readonly quotas: PageQuotas,
  ) {}

  @Get()
  async usage(
    @Req() request: FastifyRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UsageView | string> {
    const wish = usageQuerySchema.parse(query);
    const { tenant, credential } = callerOfRequest(request);
    const view = await this.reporter.report(tenant, wish);
    if (wish.format === 'json') {
      const pageLimits = await this.quotas.standing({ tenant, credential });
      return pageLimits.length > 0 ? { ...view, pageLimits } : view;
    }
    reply.type('text/csv; charset=utf-8');
    return usageCsv(view);
  }
}
