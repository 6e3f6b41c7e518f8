import { readPageWorkSchema, type DeadLetter } from '@waybill/contracts';
import { completed, outcomeOf, type Clock, type EventLog, type Outcome } from '@waybill/jobs';
import type { GatherPages } from './gather-pages.js';
import { pageFailed } from './page-ending.js';

/** Ends a page whose work was given up, so that its job goes on without it. */
export class EndUnreadPage {
  constructor(
    private readonly events: EventLog,
    private readonly pages: GatherPages,
    private readonly clock: Clock,
  ) {}

  /** A letter whose original says nothing about a page is left as it is: there is no page to end. */
  async run({ original, failure, attempts }: DeadLetter): Promise<Outcome> {
    const work = workOf(original.payload);
    if (!work) return completed();
    return await outcomeOf(async () => {
      const failed = pageFailed(work, failure, { at: this.clock.now(), attempts });
      const isOurs = (await this.events.append(failed)) === 'appended';
      const ending = isOurs ? failed : await this.events.findPageEnding(work, work.document, work.page);
      await this.pages.gather(work, ending ?? failed);
      return completed();
    });
  }
}

function workOf(payload: string) {
  try {
    const parsed = readPageWorkSchema.safeParse(JSON.parse(Buffer.from(payload, 'base64').toString('utf8')));
    return parsed.data;
  } catch {
    return undefined;
  }
}
