import type { FailureCode } from '@waybill/contracts';
import { StageError } from '@waybill/jobs';

/** What can go wrong with any provider, whatever words it has for it. */
export type ProviderProblem =
  | 'busy'
  | 'away'
  | 'access-refused'
  | 'not-found'
  | 'request-refused'
  | 'page-refused'
  | 'too-large'
  | 'not-paid'
  | 'malformed';

interface Meaning {
  readonly code: FailureCode;
  readonly retryable: boolean;
  readonly sentence: string;
}

/** One line a problem: whether another attempt may help, and what a person can do. */
const meanings: Record<ProviderProblem, Meaning> = {
  busy: { code: 'unavailable', retryable: true, sentence: 'takes no more requests for now' },
  away: { code: 'unavailable', retryable: true, sentence: 'cannot answer now' },
  'access-refused': {
    code: 'model-failed',
    retryable: false,
    sentence: 'refuses access; check the key and its rights in the configuration',
  },
  'not-found': {
    code: 'model-failed',
    retryable: false,
    sentence: 'does not know this address, model or processor; check them in the configuration',
  },
  'request-refused': { code: 'model-failed', retryable: false, sentence: 'refuses the request' },
  'page-refused': { code: 'unreadable-page', retryable: false, sentence: 'cannot read this page' },
  'too-large': { code: 'too-large', retryable: false, sentence: 'finds the page too large; send it with fewer pixels' },
  'not-paid': {
    code: 'model-failed',
    retryable: false,
    sentence: 'refuses to go on until its account is paid or its quota raised',
  },
  malformed: { code: 'invalid-answer', retryable: true, sentence: 'answered with something that cannot be understood' },
};

export interface ProviderWords {
  /** The provider's name for people. */
  readonly provider: string;
  /** The provider's own explanation; shortened, and never with a secret in it. */
  readonly detail?: string;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

const longestDetail = 300;

/** A provider's problem as the failure that the rest of the project understands. */
export function providerFailure(problem: ProviderProblem, words: ProviderWords): StageError {
  const { code, retryable, sentence } = meanings[problem];
  const detail = words.detail?.replace(/\s+/g, ' ').trim().slice(0, longestDetail);
  return new StageError(code, `${words.provider} ${sentence}${detail ? ` (${detail})` : ''}.`, {
    retryable,
    cause: words.cause,
    ...(retryable && words.retryAfterMs !== undefined ? { retryAfterMs: words.retryAfterMs } : {}),
  });
}

/** What an HTTP status means where the provider's own error code says nothing more exact. */
export function problemOfStatus(status: number): ProviderProblem {
  switch (status) {
    case 401:
    case 403:
      return 'access-refused';
    case 402:
      return 'not-paid';
    case 404:
      return 'not-found';
    case 413:
      return 'too-large';
    case 415:
      return 'page-refused';
    case 429:
      return 'busy';
    case 408:
      return 'away';
    default:
      return status >= 500 ? 'away' : 'request-refused';
  }
}
