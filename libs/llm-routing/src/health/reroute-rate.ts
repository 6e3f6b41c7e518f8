import type { Tally } from './tally.js';

/** How often a model's answers to a task on a kind of document were refused, and the work went on elsewhere. */
export interface RerouteRate {
  readonly task: string;
  readonly documentKind: string;
  /** 0..1 */
  readonly rate: number;
  /** Answers behind it, as far as they still count. */
  readonly answers: number;
  /** The rate is above the limit, and that is sure. */
  readonly isAlarming: boolean;
}

const alarmingRate = 0.05;
const answersToJudge = 20;
const z95 = 1.96;

/** Rates by task and kind of document, over all difficulty bands. @param outcomes by `cellKey` */
export function rerouteRates(outcomes: Readonly<Record<string, Tally>>): RerouteRate[] {
  const sums = new Map<string, { good: number; bad: number }>();
  for (const [cell, { good, bad }] of Object.entries(outcomes)) {
    const name = cell.slice(0, cell.lastIndexOf('/'));
    const sum = sums.get(name) ?? { good: 0, bad: 0 };
    sums.set(name, { good: sum.good + good, bad: sum.bad + bad });
  }
  return [...sums].map(([name, { good, bad }]) => {
    const [task = '', ...kind] = name.split('/');
    const answers = good + bad;
    const rate = answers > 0 ? bad / answers : 0;
    const isAlarming = answers >= answersToJudge && wilsonLower(rate, answers) > alarmingRate;
    return { task, documentKind: kind.join('/'), rate, answers, isAlarming };
  });
}

/** Lower end of Wilson's 95 % interval of a share. */
export function wilsonLower(share: number, size: number): number {
  const square = z95 ** 2 / size;
  const middle = share + square / 2;
  const reach = z95 * Math.sqrt((share * (1 - share)) / size + square / (4 * size));
  return Math.max(0, (middle - reach) / (1 + square));
}
