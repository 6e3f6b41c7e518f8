import { learnCall, type CallIntent, type CallOutcome } from '@waybill/llm-routing';
import type { Measurement } from '@waybill/telemetry';
import { measureCall } from './measure-calls.js';
import type { RouteEntries } from './route-entries.js';

/** What one call taught of its model. */
export interface Lesson {
  readonly intent: CallIntent;
  readonly outcome: Exclude<CallOutcome, { kind: 'abandoned' }>;
  readonly key: string | undefined;
  readonly lastedMs: number;
  readonly atMs: number;
}

/** Answers that came together go out before anything is learnt from them. */
const gatherMs = 5;

/** Lessons of one moment are taken in together: a step for each model, instead of one for each call. */
export class Lessons {
  private waiting: Lesson[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly entries: Pick<RouteEntries, 'model'>,
    private readonly record: (measurement: Measurement) => void,
  ) {}

  add(lesson: Lesson): void {
    this.waiting.push(lesson);
    this.timer ??= setTimeout(() => this.takeIn(), gatherMs);
  }

  /** Whoever looks at what is known calls this before. */
  takeIn(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.waiting.length === 0) return;
    const lessons = byModel(this.waiting);
    this.waiting = [];
    for (const [model, ofModel] of lessons) {
      this.entries
        .model(model)
        .note((health) =>
          ofModel.reduce((known, { outcome, key, atMs }) => learnCall(known, outcome, key, atMs), health),
        );
      for (const { intent, outcome, lastedMs } of ofModel) {
        for (const told of measureCall(intent, outcome, lastedMs)) this.record(told);
      }
    }
  }
}

function byModel(lessons: readonly Lesson[]): Map<string, Lesson[]> {
  const models = new Map<string, Lesson[]>();
  for (const lesson of lessons) {
    const known = models.get(lesson.intent.model);
    if (known) known.push(lesson);
    else models.set(lesson.intent.model, [lesson]);
  }
  return models;
}
