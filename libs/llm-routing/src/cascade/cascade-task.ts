import type { Coercion, JobKey, ReasoningLane, Routing } from '@waybill/contracts';
import type { ModelTask } from '../catalog/model-card.js';
import type { Candidate } from '../decision/route-decision.js';
import type { InputForm } from '../decision/route-request.js';
import type { TokenInterval } from '../image-tokens/estimate-image-tokens.js';
import type { LearnedDifficulty } from '../learned-prior/judge-difficulty.js';
import type { ModelAnswer } from '../provider/model-answer.js';
import type { ModelRequest } from '../provider/model-request.js';

/** What is asked for and not yet sure: names that only the task understands. */
export type OpenParts = readonly string[];

/** An answer after it was verified. */
export interface Judgement<Answer> {
  readonly answer: Answer;
  /** What is in doubt, and worth asking for again. */
  readonly open: OpenParts;
  readonly coercions: readonly Coercion[];
}

/**
 * One kind of work on one document. A task kind is a folder with one of these; the cascade sees to models, money and
 * waiting.
 */
export interface CascadeTask<Answer> {
  readonly kind: ModelTask;
  readonly documentKind: string;
  /** 0..1 */
  readonly difficulty: number;
  /** Everything that is asked for. */
  readonly parts: OpenParts;
  forms(open: OpenParts): readonly InputForm[];
  output(open: OpenParts): TokenInterval;
  /** What is put before the chosen model. Pictures are fetched here. */
  ask(chosen: Candidate, open: OpenParts): Promise<Asking>;
  /** Verifies an answer to `open` and joins it with what is known `before`. */
  judge(given: GivenAnswer, before: Answer | undefined, open: OpenParts): Judgement<Answer>;
}

/** What is put before a model, or before the rules of tier 0. */
export type Asking = Pick<ModelRequest, 'messages' | 'schema' | 'rules'>;

/** An answer to be judged, and who gave it. */
export interface GivenAnswer {
  readonly answer: Pick<ModelAnswer, 'text' | 'json' | 'reading'>;
  readonly tier: number;
  /** Predicted share of right values, 0..1. */
  readonly quality: number;
}

/** A document's work with what its job allows. */
export interface CascadeWork<Answer> {
  readonly job: JobKey;
  readonly tags: readonly string[];
  /** What may be shown of the credential that the job was submitted with. */
  readonly credential?: string | undefined;
  readonly document: number;
  readonly pages: readonly number[];
  readonly routing: Pick<Routing, 'tier' | 'maxCostUsd' | 'regions' | 'sensitivity'>;
  readonly deadline: Date;
  /** US dollars that the job has spent before. */
  readonly spentUsd: number;
  readonly task: CascadeTask<Answer>;
  /** The lane whose worker runs this. A model of a later lane is not asked here: the work moves there. */
  readonly lane?: ReasoningLane;
  /** When given, only these models may be asked. */
  readonly only?: readonly string[];
  /** These are not asked. */
  readonly exclude?: readonly string[];
  /** What a learned prior says of the prompt, for the receipt; `task.difficulty` has it in it. */
  readonly learned?: LearnedDifficulty;
  /** Tells the calls about a part of a document from those about its other parts; the same after a crash. */
  readonly portion?: string;
}
