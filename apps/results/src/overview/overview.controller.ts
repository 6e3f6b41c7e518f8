import { Controller, Get, Req } from '@nestjs/common';
import type { OverviewView } from '@waybill/contracts';
import { callerOfRequest } from '@waybill/platform';
import type { FastifyRequest } from 'fastify';
import { ReadOverview } from './read-overview.js';

@Controller('v1/overview')
export class OverviewController {
  constructor(private readonly reader: ReadOverview) {}

  @Get()
  async overview(@Req() request: FastifyRequest): Promise<OverviewView> {
    return await this.reader.read(callerOfRequest(request));
  }
}
