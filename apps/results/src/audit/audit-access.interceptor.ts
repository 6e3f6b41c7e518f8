import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { jobIdSchema, type RestRoute } from '@waybill/contracts';
import type { AuditLog, Clock } from '@waybill/jobs';
import { callerOfRequest } from '@waybill/platform';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';

/**
 * Writes who asks for content before anything of it is handed out: an access that cannot be written down is refused.
 * Which routes hold content is part of their contract.
 */
export class AuditAccess implements NestInterceptor {
  constructor(
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly routeOf: (request: FastifyRequest) => RestRoute | undefined,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (context.getType() === 'http') await this.note(context.switchToHttp().getRequest());
    return next.handle();
  }

  private async note(request: FastifyRequest<{ Params: { id?: string } }>): Promise<void> {
    const action = this.routeOf(request)?.audited;
    if (!action) return;
    const { tenant, credential } = callerOfRequest(request);
    const job = action === 'read-dead-letter' ? undefined : jobIdSchema.safeParse(request.params.id).data;
    await this.audit.append({
      version: 1,
      tenant,
      at: this.clock.now().toISOString(),
      who: credential.slice(0, 128),
      action,
      ...(job ? { jobId: job } : {}),
      path: request.url.split('?', 1)[0]?.slice(0, 256) ?? '',
    });
  }
}
