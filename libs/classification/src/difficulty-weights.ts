import type { DifficultyReason } from '@waybill/contracts';
import data from './difficulty-weights.json' with { type: 'json' };

interface Scale {
  readonly from: number;
  readonly full: number;
}

/** How much each reason weighs, and where its amount begins and is full. */
export interface DifficultyWeights {
  readonly version: number;
  readonly weights: Readonly<Record<DifficultyReason, number>>;
  readonly scales: Readonly<Record<DifficultyReason, Scale>>;
}

/** The weights of this release, with the tables that amounts are looked up in. */
export const difficultyData = data satisfies DifficultyWeights;

/** Where a value lies between `from` and `full`, 0..1; `full` may be the lower one. */
export function amountOn({ from, full }: Scale, value: number): number {
  return Math.max(0, Math.min(1, (value - from) / (full - from)));
}
