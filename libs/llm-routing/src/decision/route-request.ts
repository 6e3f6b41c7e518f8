import type { Routing } from '@waybill/contracts';
import type { Capability, ModelTask } from '../catalog/model-card.js';
import type { ServiceLevel } from '../catalog/prices.js';
import type { ImageDetail, TokenInterval } from '../image-tokens/estimate-image-tokens.js';
import type { PixelSize } from '../image-tokens/pixel-size.js';
import type { ShrinkRule } from '../image-tokens/shrink-for.js';
import type { DifficultyBand } from '../policy/routing-policy.js';

/** `facts` is what reading has found out about the pages; only rules can do something with it. */
export const inputForms = ['facts', 'layout', 'crops', 'page-low', 'page-high'] as const;
export type InputFormName = (typeof inputForms)[number];

/** A picture that would be sent. */
export interface PictureFacts extends PixelSize {
  readonly bytes: number;
  readonly mediaType: string;
}

/** One way to put the work before a model. */
export interface InputForm {
  readonly name: InputFormName;
  /** Tokens of everything that is text: instructions, schema, words. */
  readonly text: TokenInterval;
  readonly pictures: readonly PictureFacts[];
  /** Of the pictures; without meaning when there are none. */
  readonly detail: ImageDetail;
  /** Pictures that are larger than a model makes use of are made smaller for it. Absent: they go as they are stated. */
  readonly shrink?: ShrinkRule;
  /** The share of what the answer needs that is in this form, 0..1. */
  readonly soundness: number;
}

/** What the job allows, and what is left of it. */
export interface RouteLimits extends Pick<Routing, 'regions' | 'sensitivity' | 'tier'> {
  /** US dollars; absent for no limit. */
  readonly leftUsd?: number;
  /** Milliseconds until the deadline. */
  readonly leftMs: number;
  /** Predicted quality that is good enough; the policy's when absent. */
  readonly qualityFloor?: number;
  /** Ids of models that were asked already and are not to be asked again. */
  readonly exclude?: readonly string[];
  /** When given, only these may be asked: a client named a model. */
  readonly only?: readonly string[];
}

/** A piece of work to be routed. */
export interface RouteRequest {
  readonly task: ModelTask;
  /** As classified; `unknown` when it is not known. */
  readonly documentKind: string;
  /** 0..1 */
  readonly difficulty: number;
  /** In the order in which they are preferred at equal expected cost. */
  readonly forms: readonly InputForm[];
  readonly output: TokenInterval;
  /** Beyond what a form itself needs. */
  readonly capabilities: readonly Capability[];
  readonly level: ServiceLevel;
  /** The moment of the decision. */
  readonly now: Date;
  readonly limits: RouteLimits;
}

/** What outcomes have taught about one model. What is absent is not known, and the policy's priors hold. */
export interface ModelKnowledge {
  /** Verified outcomes by `cellKey`. */
  readonly outcomes?: ReadonlyMap<string, { readonly accepted: number; readonly refused: number }>;
  /** Usual milliseconds to the first token and for each token after it. */
  readonly latency?: { readonly firstTokenMs: number; readonly perOutputTokenMs: number };
  /** Billed input tokens over estimated ones. */
  readonly billedShare?: number;
  /** The share of input tokens that was billed as cached of late, 0..1. */
  readonly cachedShare?: number;
  /** Set while the model must not be called. */
  readonly cooling?: { readonly until: Date; readonly reason: string };
}

/** Models by id, those only of which something is known. Shared by all workers; replaced as a whole when it changes. */
export type RouteKnowledge = ReadonlyMap<string, ModelKnowledge>;

/** Where the outcomes of a task on a kind of document in a difficulty band are kept. */
export const cellKey = (task: ModelTask, documentKind: string, band: DifficultyBand): string =>
  `${task}/${documentKind}/${band}`;
