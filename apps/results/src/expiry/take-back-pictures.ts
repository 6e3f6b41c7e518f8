import type { Clock } from '@waybill/jobs';
import type { PictureLoans } from '@waybill/llm-routing';
import type { Sweep } from '@waybill/platform';
import type { Logger } from 'pino';

/** Each look is a listing that the bucket's owner pays for, and every address holds for minutes anyway. */
const everyMs = 600_000;

/** Removes pictures that were lent to a provider by a worker that died before it could take them back. */
export class TakeBackPictures implements Sweep {
  readonly name = 'pictures that were lent for longer than they may be';
  private nextMs = 0;

  constructor(
    private readonly loans: PictureLoans | undefined,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async run(): Promise<void> {
    const now = this.clock.now();
    if (!this.loans || now.getTime() < this.nextMs) return;
    const pictures = await this.loans.takeBackOverdue(now);
    this.nextMs = now.getTime() + everyMs;
    if (pictures > 0) this.logger.warn({ pictures }, 'pictures lent to providers were taken back late');
  }
}
