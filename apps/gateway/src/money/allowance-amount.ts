import type { BudgetView } from '@waybill/contracts';
import { picodollarsOf, type Picodollars } from '@waybill/llm-routing';

/** Calls that one allowance is for. */
const calls = 256n;
/** Of what is left in a budget, so much at the most: others want to spend, too. */
const shareOfRoom = 10n;

/**
 * How much to reserve at once for calls of which one may cost `most`; undefined where the tenant's budgets are so near
 * their ends that each call should ask for itself.
 */
export function allowanceAmount(
  most: Picodollars,
  limit: Picodollars,
  budgets: readonly BudgetView[],
): Picodollars | undefined {
  let amount = most * calls < limit ? most * calls : limit;
  for (const { window, capUsd, leftUsd } of budgets.filter(concernsChats)) {
    const room = window === 'job' ? picodollarsOf(capUsd) : picodollarsOf(leftUsd ?? 0) / shareOfRoom;
    if (room < amount) amount = room;
  }
  return amount > most * 2n ? amount : undefined;
}

/** Whether a budget of chats has nothing left, with what is reserved. */
export const isOverfull = (budgets: readonly BudgetView[]): boolean =>
  budgets.some((budget) => concernsChats(budget) && budget.window !== 'job' && (budget.leftUsd ?? 0) <= 0);

/** Chats have no tags, and each is a job by itself. */
const concernsChats = ({ tag, job }: BudgetView): boolean => tag === undefined && job === undefined;
