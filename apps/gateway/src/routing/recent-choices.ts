import { difficultyBandOf, type Candidate, type RouteState, type RouteTable } from '@waybill/llm-routing';
import { chooseChatModel, type ChatChoice } from './choose-chat-model.js';

/** So long a decision holds for requests like it: what others learn of models takes as long to be heard of here. */
const keptMs = 250;
const mostKept = 1_024;
/** Texts are alike when their lengths differ by less than a share of this. */
const stepsAnOctave = 16;

interface Sources {
  readonly table: () => RouteTable;
  readonly state: Pick<RouteState, 'knowledge'>;
}

/**
 * Decisions of the last moment. Under load most requests are like one of the moment before, and what is known of models is
 * put together anew after each call. Whether a model may be asked right now is for its admission to say.
 */
export class RecentChoices {
  private readonly made = new Map<string, Candidate>();
  private table: RouteTable | undefined;
  private sinceMs = 0;

  constructor(private readonly sources: Sources) {}

  /** Who is asked. @throws DoorError when nobody can be, with the reasons */
  choose(choice: ChatChoice): Candidate {
    const table = this.sources.table();
    if (choice.exclude.length > 0 || choice.within?.length) {
      return chooseChatModel(table, this.sources.state.knowledge(), choice);
    }
    this.forget(table, choice.now.getTime());
    const textBytes = roundedUp(choice.facts.textBytes);
    const key = keyOf(choice, textBytes, table);
    const known = this.made.get(key);
    if (known) return known;
    const facts = { ...choice.facts, textBytes };
    const chosen = chooseChatModel(table, this.sources.state.knowledge(), { ...choice, facts });
    if (this.made.size < mostKept) this.made.set(key, chosen);
    return chosen;
  }

  private forget(table: RouteTable, nowMs: number): void {
    if (table === this.table && nowMs >= this.sinceMs && nowMs - this.sinceMs < keptMs) return;
    this.made.clear();
    this.table = table;
    this.sinceMs = nowMs;
  }
}

function keyOf({ facts, difficulty }: ChatChoice, textBytes: number, { policy }: RouteTable): string {
  const { model, maxOutputTokens, needs, pictures, detail } = facts;
  // All that is believed of models goes by bands of difficulty.
  const band = difficulty === undefined ? '' : difficultyBandOf(policy, difficulty);
  const words = `${model}|${textBytes}|${maxOutputTokens}|${needs.join()}|${band}`;
  if (pictures.length === 0) return words;
  const seen = pictures.map((each) => `${each.mediaType} ${each.bytes} ${each.widthPx}x${each.heightPx}`);
  return `${words}|${detail}|${seen.join()}`;
}

function roundedUp(bytes: number): number {
  const step = 2 ** Math.max(0, Math.floor(Math.log2(Math.max(1, bytes))) - Math.log2(stepsAnOctave));
  return Math.ceil(bytes / step) * step;
}
