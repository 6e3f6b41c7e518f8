import type { RouteAttempt } from '@waybill/contracts';
import type { Clock } from '@waybill/jobs';
import {
  difficultyBandOf,
  exclusionsOf,
  summariseExclusions,
  type NotedChoice,
  type RouteState,
  type RouteTable,
} from '@waybill/llm-routing';
import { noteChoice } from './note-choice.js';
import { chooseChatModel, type ChatChoice, type ChosenRoute } from './choose-chat-model.js';

/** So long a decision holds for requests like it: what others learn of models takes as long to be heard of here. */
const keptMs = 250;
const mostKept = 1_024;
/** Texts are alike when their lengths differ by less than a share of this. */
const stepsAnOctave = 16;

interface Sources {
  readonly table: () => RouteTable;
  readonly state: Pick<RouteState, 'knowledge'>;
  readonly clock: Clock;
}

/**
 * Decisions of the last moment. Under load most requests are like one of the moment before, and what is known of models is
 * put together anew after each call. Whether a model may be asked right now is for its admission to say.
 */
export class RecentChoices {
  private readonly made = new Map<string, ChosenRoute>();
  private readonly passedOver = new Map<string, RouteAttempt['exclusions']>();
  private readonly notes = new WeakMap<ChosenRoute, NotedChoice>();
  private table: RouteTable | undefined;
  private sinceMs = 0;

  constructor(private readonly sources: Sources) {}

  /** Who is asked. @throws DoorError when nobody can be, with the reasons */
  choose(choice: ChatChoice): ChosenRoute {
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

  /** What a receipt tells of a choice: once for all chats that share it. */
  noted(route: ChosenRoute): NotedChoice {
    let noted = this.notes.get(route);
    if (!noted) this.notes.set(route, (noted = noteChoice(route, this.sources.table(), this.exclusionsFor(route))));
    return noted;
  }

  /**
   * Why others are passed over for such a request. Finding out takes far longer than the choice itself, so requests of the
   * same kind and about the same length share it for as long as they share choices.
   */
  private exclusionsFor({ request }: ChosenRoute): RouteAttempt['exclusions'] {
    const table = this.sources.table();
    this.forget(table, this.sources.clock.now().getTime());
    const key = kindOf(request, table);
    const known = this.passedOver.get(key);
    if (known) return known;
    const found = summariseExclusions(exclusionsOf(table, request, this.sources.state.knowledge()));
    if (this.passedOver.size < mostKept) this.passedOver.set(key, found);
    return found;
  }

  private forget(table: RouteTable, nowMs: number): void {
    if (table === this.table && nowMs >= this.sinceMs && nowMs - this.sinceMs < keptMs) return;
    this.made.clear();
    this.passedOver.clear();
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

function kindOf({ limits, capabilities, difficulty, forms }: ChosenRoute['request'], { policy }: RouteTable): string {
  const [form] = forms;
  const length = Math.ceil(Math.log2(form?.text.most ?? 1));
  const { only, exclude, regions, tier } = limits;
  const band = difficultyBandOf(policy, difficulty);
  return `${capabilities.join()}|${band}|${length}|${form?.pictures.length}|${JSON.stringify([only, exclude, regions, tier])}`;
}

function roundedUp(bytes: number): number {
  const step = 2 ** Math.max(0, Math.floor(Math.log2(Math.max(1, bytes))) - Math.log2(stepsAnOctave));
  return Math.ceil(bytes / step) * step;
}
