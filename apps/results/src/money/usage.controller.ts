import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { usageQuerySchema, type UsageView } from '@waybill/contracts';
import { PageQuotas } from '@waybill/identity';
import { callerOfRequest, ProblemException } from '@waybill/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReportUsage } from './report-usage.js';
import { usageCsv } from './usage-csv.js';

/** What a tenant has spent, and all tenants together, added up in as many ways as are asked for. */
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
    const { tenant, credential, isOperator } = callerOfRequest(request);
    if (wish.tenants === 'all' && !isOperator) throw mayNotSeeAll();
    const isOwn = wish.tenants === 'own';
    const view = await this.reporter.report(isOwn ? { kind: 'tenant', tenant } : { kind: 'every-tenant' }, wish);
    if (wish.format === 'json') {
      if (!isOwn) return view;
      const pageLimits = await this.quotas.standing({ tenant, credential });
      return pageLimits.length > 0 ? { ...view, pageLimits } : view;
    }
    reply.type('text/csv; charset=utf-8');
    return usageCsv(view);
  }
}

const mayNotSeeAll = (): ProblemException =>
  new ProblemException(
    'forbidden',
    'What all tenants have spent is shown to the operator’s admins; leave `tenants` out for your own.',
  );
