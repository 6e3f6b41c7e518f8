import type { FailureCode } from '@waybill/contracts';
import { StageError } from '@waybill/jobs';
import type { ServiceLevel } from '../catalog/prices.js';
import type { ModelUsage } from '../money/usage.js';

/** Why a call gave no answer that can be used. Every provider's errors are one of these. */
export const modelFailureKinds = [
  'rate-limited',
  'overloaded',
  'timeout',
  'context-too-long',
  'content-refused',
  'truncated',
  'malformed',
  'auth',
  'bad-request',
  'unknown',
] as const;
export type ModelFailureKind = (typeof modelFailureKinds)[number];

/** Whether the same call may succeed later, and what a job's problem calls it. */
const traits: Readonly<Record<ModelFailureKind, { code: FailureCode; retryable: boolean }>> = {
  'rate-limited': { code: 'unavailable', retryable: true },
  overloaded: { code: 'unavailable', retryable: true },
  timeout: { code: 'timeout', retryable: true },
  'context-too-long': { code: 'model-failed', retryable: false },
  'content-refused': { code: 'model-failed', retryable: false },
  truncated: { code: 'invalid-answer', retryable: false },
  malformed: { code: 'invalid-answer', retryable: false },
  auth: { code: 'model-failed', retryable: false },
  'bad-request': { code: 'model-failed', retryable: false },
  unknown: { code: 'model-failed', retryable: true },
};

export interface ModelErrorFacts {
  /** When the provider says that it answers again. */
  readonly until?: Date;
  readonly status?: number;
  /** Set when what was cut was cut by the limit of output, and not by a broken connection. */
  readonly endedAt?: 'output-limit';
  /** What came before the failure: it is billed all the same, and may be repaired. */
  readonly text?: string;
  readonly usage?: ModelUsage;
  /** At which service what is billed was made, where the provider says so. */
  readonly service?: ServiceLevel;
  readonly model?: string;
  readonly raw?: unknown;
  readonly cause?: unknown;
}

/** A failed call, translated once by the provider's adapter. */
export class ModelError extends StageError {
  readonly kind: ModelFailureKind;
  readonly facts: ModelErrorFacts;

  constructor(kind: ModelFailureKind, message: string, facts: ModelErrorFacts = {}) {
    const { code, retryable } = traits[kind];
    super(code, message, { retryable, cause: facts.cause });
    this.name = 'ModelError';
    this.kind = kind;
    this.facts = facts;
  }
}
