import type { ModelUsage, Picodollars, Reservation } from '@waybill/llm-routing';
import type { ChosenRoute } from '../routing/choose-chat-model.js';

/** One call of a model that is over, for whoever tells of it. */
export interface MadeCall {
  readonly route: ChosenRoute;
  readonly reservation: Reservation;
  readonly isSimulated: boolean;
  /** As `performance.now()` has it. */
  readonly startedMs: number;
  readonly at: Date;
  readonly firstPieceMs: number | undefined;
  readonly durationMs: number;
  /** `answered`, `abandoned`, or the kind of its failure. */
  readonly outcome: string;
  readonly failure: string | undefined;
  readonly usage: ModelUsage | undefined;
  readonly spent: Picodollars;
}
