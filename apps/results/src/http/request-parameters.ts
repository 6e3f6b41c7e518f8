import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { jobIdSchema, type JobKey, type Tenant } from '@waybill/contracts';
import { tenantOfRequest } from '@waybill/platform';
import type { FastifyRequest } from 'fastify';

const requestOf = (context: ExecutionContext): FastifyRequest<{ Params: { id?: string } }> =>
  context.switchToHttp().getRequest();

/** The tenant that the request speaks for. */
export const RequestTenant = createParamDecorator((_data: unknown, context: ExecutionContext): Tenant =>
  tenantOfRequest(requestOf(context)),
);

/** The job of the path, in the request's tenant: nobody can name another tenant's job. */
export const RequestedJob = createParamDecorator((_data: unknown, context: ExecutionContext): JobKey => {
  const request = requestOf(context);
  return { tenant: tenantOfRequest(request), jobId: jobIdSchema.parse(request.params.id) };
});
