import type { PageQuotas } from '@waybill/identity';
import { callerOfRequest, ProblemException } from '@waybill/platform';
import type { FastifyRequest } from 'fastify';
import type { RefuseWhenFull } from './refuse-when-full.js';

/** What the REST door looks at before it reads a body: whether the queues have room, and the caller pages left. */
export class RefuseAtDoor {
  constructor(
    private readonly refuseWhenFull: RefuseWhenFull,
    private readonly quotas: PageQuotas,
  ) {}

  /** @throws QueuesFull; ProblemException 429 until the window turns; StageError `unavailable` */
  async check(request: FastifyRequest): Promise<void> {
    await this.refuseWhenFull.check();
    const { tenant, credential } = callerOfRequest(request);
    const standing = await this.quotas.standing({ tenant, credential });
    const [last] = standing.filter(({ left }) => left === 0).sort((a, b) => b.turnsAt.localeCompare(a.turnsAt));
    if (!last) return;
    const { of, window, limit, turnsAt } = last;
    const seconds = Math.max(1, Math.ceil((Date.parse(turnsAt) - Date.now()) / 1_000));
    const sentence = `The ${limit} pages a ${window} of the ${of} are used up; submit again after ${turnsAt}.`;
    throw new ProblemException('too-many-requests', sentence, { headers: { 'retry-after': String(seconds) } });
  }
}
