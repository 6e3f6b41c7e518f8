import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import {
  deadLetterListQuerySchema,
  deadLetterParametersSchema,
  type DeadLetter,
  type DeadLetterListView,
  type DeadLetterView,
  type Tenant,
} from '@waybill/contracts';
import { DEAD_LETTER_BOX, DeadLetterBox, type StoredDeadLetter } from '@waybill/jetstream';
import { ProblemException } from '@waybill/platform';
import { RequestTenant } from '../http/request-parameters.js';

/** Messages of a tenant that were given up: to look at, and to send on their way once more. */
@Controller('v1/dead-letters')
export class DeadLettersController {
  constructor(@Inject(DEAD_LETTER_BOX) private readonly box: DeadLetterBox) {}

  @Get()
  async list(@RequestTenant() tenant: Tenant, @Query() query: unknown): Promise<DeadLetterListView> {
    const { stage, job, limit } = deadLetterListQuerySchema.parse(query);
    const found = await this.box.list({ tenant, limit, ...(stage ? { stage } : {}), ...(job ? { jobId: job } : {}) });
    return { deadLetters: found.map(toView) };
  }

  @Get(':id')
  async get(@RequestTenant() tenant: Tenant, @Param() parameters: unknown): Promise<DeadLetter & { id: string }> {
    const { id, letter } = await this.find(tenant, parameters);
    return { id, ...letter };
  }

  @Post(':id/replay')
  @HttpCode(202)
  async replay(@RequestTenant() tenant: Tenant, @Param() parameters: unknown) {
    const { id, letter } = await this.find(tenant, parameters);
    if (!(await this.box.replay(id))) throw noSuchLetter(id);
    return { replayed: true, subject: letter.original.subject };
  }

  private async find(tenant: Tenant, parameters: unknown): Promise<StoredDeadLetter> {
    const { id } = deadLetterParametersSchema.parse(parameters);
    const found = await this.box.get(id);
    if (found?.letter.tenant !== tenant) throw noSuchLetter(id);
    return found;
  }
}

const noSuchLetter = (id: string): ProblemException =>
  new ProblemException(
    'dead-letter-not-found',
    `There is no dead letter ${id}; it may have been replayed or aged out. List them with GET /v1/dead-letters.`,
  );

const toView = ({ id, letter }: StoredDeadLetter): DeadLetterView => ({
  id,
  tenant: letter.tenant,
  ...(letter.jobId ? { jobId: letter.jobId } : {}),
  stage: letter.stage,
  failure: letter.failure,
  attempts: letter.attempts,
  at: letter.at,
  subject: letter.original.subject,
});
