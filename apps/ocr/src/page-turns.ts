import { pageLanes, type PageLane } from '@waybill/contracts';

/** Turns out of eight, when every lane has pages. */
const shares: Readonly<Record<PageLane, number>> = { front: 5, middle: 2, back: 1 };

interface Waiting {
  readonly admit: () => void;
}

/** The place of a lane in the order of turns: by how much of its share it has had (stride scheduling). */
interface LaneState {
  readonly waiting: Waiting[];
  had: number;
}

/** Gives the turns of a process to the lanes in proportion to their shares; a lane without pages saves none up. */
export class PageTurns {
  private readonly lanes: Readonly<Record<PageLane, LaneState>> = {
    front: { waiting: [], had: 0 },
    middle: { waiting: [], had: 0 },
    back: { waiting: [], had: 0 },
  };
  private reached = 0;

  constructor(private free: number) {}

  /** Resolves with what ends the turn; or with nothing when the signal aborts first. */
  async take(lane: PageLane, signal: AbortSignal): Promise<(() => void) | undefined> {
    const state = this.lanes[lane];
    if (state.waiting.length === 0) state.had = Math.max(state.had, this.reached);
    const isAdmitted = await new Promise<boolean>((resolve) => {
      const leave = (): void => {
        state.waiting.splice(state.waiting.indexOf(waiting), 1);
        resolve(false);
      };
      const admit = (): void => {
        signal.removeEventListener('abort', leave);
        resolve(true);
      };
      const waiting: Waiting = { admit };
      if (signal.aborted) return resolve(false);
      signal.addEventListener('abort', leave, { once: true });
      state.waiting.push(waiting);
      this.admitNext();
    });
    return isAdmitted ? this.endOfTurn() : undefined;
  }

  private endOfTurn(): () => void {
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.free += 1;
      this.admitNext();
    };
  }

  private admitNext(): void {
    while (this.free > 0) {
      const [lane] = pageLanes
        .filter((each) => this.lanes[each].waiting.length > 0)
        .sort((a, b) => this.lanes[a].had - this.lanes[b].had);
      if (lane === undefined) return;
      const state = this.lanes[lane];
      this.free -= 1;
      this.reached = state.had;
      state.had += 1 / shares[lane];
      state.waiting.shift()?.admit();
    }
  }
}
