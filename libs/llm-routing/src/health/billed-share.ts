import { z } from 'zod';
import { intervalOf, robustMeanSchema, valueOf, withValue } from './robust-mean.js';

/** What a snapshot's bills say of the estimates: billed input tokens over estimated ones. */
export const billedShareSchema = z.object({
  ratio: robustMeanSchema,
  bills: z.number(),
  /** Bills in a row that left the interval. */
  outside: z.number(),
  /** The ratio of the last bill. */
  last: z.number(),
});
export type BilledShare = Readonly<z.infer<typeof billedShareSchema>>;

const spreads = 4;
const leastFactor = 1.1;
const billsToFit = 10;
const outsideToAlarm = 3;

export const shareInterval = ({ ratio }: BilledShare): { readonly least: number; readonly most: number } =>
  intervalOf(ratio, spreads, leastFactor);

/** The fit after one more bill. The bill is first held against the interval that those before it made. */
export function afterBill(
  share: BilledShare | undefined,
  { billedTokens, estimatedTokens }: { readonly billedTokens: number; readonly estimatedTokens: number },
  atMs: number,
): BilledShare | undefined {
  if (billedTokens <= 0 || estimatedTokens <= 0) return share;
  const last = billedTokens / estimatedTokens;
  const ratio = withValue(share?.ratio, last, atMs);
  if (!share) return { ratio, bills: 1, outside: 0, last };
  const { least, most } = shareInterval(share);
  const isOutside = share.bills >= billsToFit && (last < least || last > most);
  return { ratio, bills: Math.min(share.bills + 1, billsToFit), outside: isOutside ? share.outside + 1 : 0, last };
}

/** Billed input tokens for each estimated one. */
export const usualShare = ({ ratio }: BilledShare): number => valueOf(ratio);

export const leftInterval = ({ outside }: BilledShare): boolean => outside >= outsideToAlarm;
