import type { Budget } from '@waybill/contracts';
import { windowAt } from './budget-window.js';
import { usdOf, type Picodollars } from './picodollars.js';

/** How a budget stands in its present window. */
export interface BudgetStanding extends Pick<Budget, 'name' | 'window' | 'over'> {
  readonly cap: Picodollars;
  /** Booked. */
  readonly spent: Picodollars;
  /** Held by calls under way, at the upper ends of their estimates. */
  readonly reserved: Picodollars;
  /** When the first of these leases ends. */
  readonly firstLeaseEndsAt?: Date;
}

/** What a budget says when it has not enough left. */
export type BudgetRefusal =
  | { readonly kind: 'wait'; readonly until: Date; readonly reason: string }
  /** Ask for something of a lower tier. */
  | { readonly kind: 'degrade'; readonly reason: string; readonly leftUsd: number }
  | { readonly kind: 'refuse'; readonly reason: string };

/** Room comes back as calls settle, long before their leases end: after so long it is worth looking. */
export const settlingMs = 5_000;

const order = ['refuse', 'wait', 'degrade'] as const;

/** True when a call of at most `most` keeps the budget. */
export const hasRoom = ({ cap, spent, reserved }: BudgetStanding, most: Picodollars): boolean =>
  spent + reserved + most <= cap;

/**
 * What budgets say to a call; undefined when it keeps all of them. A refusal outweighs a wait, the longest wait the
 * others, and waiting a degradation: what is cheaper would meet the same spent budget.
 */
export function judgeBudgets(
  standings: readonly BudgetStanding[],
  most: Picodollars,
  now: Date,
): BudgetRefusal | undefined {
  const refusals = standings.filter((standing) => !hasRoom(standing, most)).map((full) => judged(full, most, now));
  const kind = order.find((candidate) => refusals.some((refusal) => refusal.kind === candidate));
  return refusals.filter((refusal) => refusal.kind === kind).reduce(stricter, undefined);
}

function judged(standing: BudgetStanding, most: Picodollars, now: Date): BudgetRefusal {
  const { cap, spent, reserved, over, window } = standing;
  const left = cap - spent - reserved;
  if (spent + most <= cap) {
    const looking = now.getTime() + settlingMs;
    const until = new Date(Math.min(looking, standing.firstLeaseEndsAt?.getTime() ?? looking));
    return { kind: 'wait', until, reason: `${named(standing)} is held by calls under way; ${standingOf(standing)}.` };
  }
  if (over === 'degrade') {
    const leftUsd = left > 0n ? usdOf(left) : 0;
    return {
      kind: 'degrade',
      leftUsd,
      reason: `${named(standing)} asks for something cheaper: ${standingOf(standing)}.`,
    };
  }
  const { endsAt } = windowAt(window, now);
  if (over === 'wait' && endsAt && most <= cap) {
    return {
      kind: 'wait',
      until: endsAt,
      reason: `${named(standing)} is spent until it turns: ${standingOf(standing)}.`,
    };
  }
  const reason =
    most > cap
      ? `The call may cost ${usd(most)}, more than all of ${lowered(named(standing))}; raise it or ask for a cheaper model.`
      : `${named(standing)} is spent: ${standingOf(standing)}. Raise it, or submit the work again later.`;
  return { kind: 'refuse', reason };
}

function stricter(one: BudgetRefusal | undefined, other: BudgetRefusal): BudgetRefusal {
  if (one?.kind === 'wait' && other.kind === 'wait') return one.until >= other.until ? one : other;
  if (one?.kind === 'degrade' && other.kind === 'degrade') return one.leftUsd <= other.leftUsd ? one : other;
  return one ?? other;
}

const periods = { job: 'a job', hour: 'an hour', day: 'a day', month: 'a month', total: 'in all' } as const;

const usd = (amount: Picodollars): string => `${usdOf(amount)} USD`;
const named = ({ name, cap, window }: BudgetStanding): string => `The budget ${name} of ${usd(cap)} ${periods[window]}`;
const lowered = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);
const standingOf = ({ spent, reserved }: BudgetStanding): string => `${usd(spent)} spent, ${usd(reserved)} reserved`;
