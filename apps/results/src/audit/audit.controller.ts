import { Controller, Get, Inject, Query } from '@nestjs/common';
import { auditQuerySchema, type AuditListView, type Tenant } from '@waybill/contracts';
import { AUDIT_LOG } from '@waybill/jetstream';
import type { AuditLog } from '@waybill/jobs';
import { RequestTenant } from '../http/request-parameters.js';

/** Who looked at the content of a tenant. */
@Controller('v1/audit')
export class AuditController {
  constructor(@Inject(AUDIT_LOG) private readonly audit: AuditLog) {}

  @Get()
  async list(@RequestTenant() tenant: Tenant, @Query() query: unknown): Promise<AuditListView> {
    const { job, limit } = auditQuerySchema.parse(query);
    return { entries: await this.audit.list({ tenant, limit, ...(job ? { jobId: job } : {}) }) };
  }
}
