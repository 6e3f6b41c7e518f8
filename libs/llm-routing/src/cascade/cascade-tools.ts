import type { Failure, ReasoningLane } from '@waybill/contracts';
import type { Clock } from '@waybill/jobs';
import type { BatchTools } from '../batch/batch-desk.js';
import type { RouteDecision } from '../decision/route-decision.js';
import type { RouteRequest } from '../decision/route-request.js';
import type { RouteTable } from '../decision/route-table.js';
import type { AttemptLog } from '../ports/attempt-log.js';
import type { AnswerJournal } from '../ports/answer-journal.js';
import type { PictureLoans } from '../ports/picture-loans.js';
import type { Purse } from '../ports/purse.js';
import type { RouteState } from '../ports/route-state.js';
import type { ModelProvider } from '../provider/model-provider.js';
import type { CascadeWork } from './cascade-task.js';
import type { ChainProgress } from './chain-progress.js';

/** What a cascade works with. */
export interface CascadeTools {
  /** Asked anew for every decision, so that a new policy holds from the next one on. */
  readonly table: () => RouteTable;
  readonly providers: ReadonlyMap<string, ModelProvider>;
  /** Providers that are played by a simulator. */
  readonly simulated: ReadonlySet<string>;
  readonly state: RouteState;
  readonly purse: Purse;
  readonly journal: AnswerJournal;
  readonly attempts: AttemptLog;
  /** Calls that go to providers by the batch; absent where nobody collects them. */
  readonly batches?: Pick<BatchTools, 'book' | 'store' | 'isOver'>;
  /** Where pictures can be lent to providers by address; absent where they cannot. */
  readonly loans?: PictureLoans;
  readonly clock: Clock;
}

/** A decision to ask somebody, and what was decided about. */
export interface Routed {
  readonly decision: Extract<RouteDecision, { kind: 'route' }>;
  readonly request: RouteRequest;
}

/** One document's chain of attempts, under way. */
export interface Run<Answer> {
  readonly work: CascadeWork<Answer>;
  readonly progress: ChainProgress<Answer>;
  readonly signal: AbortSignal;
}

/** Why a chain ends; `enough`: with the answer that is there. */
export type Stop =
  | { readonly kind: 'waiting'; readonly until: Date; readonly reason: string }
  | { readonly kind: 'moving'; readonly lane: ReasoningLane }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'enough' };
