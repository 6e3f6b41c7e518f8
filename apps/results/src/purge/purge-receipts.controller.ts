import { Controller, Delete, Inject, Query, Req } from '@nestjs/common';
import { deleteReceiptsQuerySchema, type ReceiptsPurgeView, type Tenant } from '@waybill/contracts';
import { callerOfRequest } from '@waybill/platform';
import type { FastifyRequest } from 'fastify';
import { RequestTenant } from '../http/request-parameters.js';
import { PURGE_TOOLS, type PurgeTools } from './purge-job.js';

/** Receipts of a tenant's chats, by their age. */
@Controller('v1/receipts')
export class PurgeReceiptsController {
  constructor(@Inject(PURGE_TOOLS) private readonly tools: Pick<PurgeTools, 'records' | 'audit' | 'clock'>) {}

  @Delete()
  async purge(
    @RequestTenant() tenant: Tenant,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
  ): Promise<ReceiptsPurgeView> {
    const { before } = deleteReceiptsQuerySchema.parse(query);
    const { records, audit, clock } = this.tools;
    const removed = { receipts: await records.eraseReceipts(tenant, new Date(before)) };
    const at = clock.now().toISOString();
    const who = callerOfRequest(request).credential;
    await audit.append({ version: 1, tenant, at, who, action: 'purge', path: '/v1/receipts', removed });
    return { tenant, before, purgedAt: at, removed };
  }
}
