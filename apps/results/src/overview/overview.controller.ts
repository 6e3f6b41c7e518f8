import { Controller, Get } from '@nestjs/common';
import type { OverviewView, Tenant } from '@waybill/contracts';
import { RequestTenant } from '../http/request-parameters.js';
import { ReadOverview } from './read-overview.js';

@Controller('v1/overview')
export class OverviewController {
  constructor(private readonly reader: ReadOverview) {}

  @Get()
  async overview(@RequestTenant() tenant: Tenant): Promise<OverviewView> {
    return await this.reader.read(tenant);
  }
}
