import { Controller, Get, Query, Res } from '@nestjs/common';
import { usageQuerySchema, type Tenant, type UsageView } from '@waybill/contracts';
import type { FastifyReply } from 'fastify';
import { RequestTenant } from '../http/request-parameters.js';
import { ReportUsage } from './report-usage.js';
import { usageCsv } from './usage-csv.js';

/** What a tenant has spent, added up in as many ways as are asked for. */
@Controller('v1/usage')
export class UsageController {
  constructor(private readonly reporter: ReportUsage) {}

  @Get()
  async usage(
    @RequestTenant() tenant: Tenant,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UsageView | string> {
    const wish = usageQuerySchema.parse(query);
    const view = await this.reporter.report(tenant, wish);
    if (wish.format === 'json') return view;
    reply.type('text/csv; charset=utf-8');
    return usageCsv(view);
  }
}
