import { Controller, Get, Header, HttpStatus, Res } from '@nestjs/common';
import { ReadinessChecks } from './readiness-checks.js';

/** Where a service is asked whether it can work. */
export const readinessPath = 'readyz';

interface StatusReply {
  code(status: number): unknown;
}

/** `/healthz`: the process answers. `/readyz`: everything it needs answers too, and it is not stopping. */
@Controller()
export class HealthController {
  constructor(private readonly readiness: ReadinessChecks) {}

  @Get('healthz')
  @Header('cache-control', 'no-store')
  health(): { status: 'alive' } {
    return { status: 'alive' };
  }

  @Get(readinessPath)
  @Header('cache-control', 'no-store')
  async ready(@Res({ passthrough: true }) reply: StatusReply) {
    const report = await this.readiness.report();
    if (report.status !== 'ready') reply.code(HttpStatus.SERVICE_UNAVAILABLE);
    return report;
  }
}
