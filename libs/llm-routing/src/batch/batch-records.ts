import type { BlobReference, RouteAttempt } from '@waybill/contracts';
import { picodollarsOfDecimal, decimalUsdOf } from '../money/picodollars.js';
import type { Reservation } from '../ports/purse.js';
import type { ModelRequest } from '../provider/model-request.js';

/** A reservation as JSON: amounts are decimals in US dollars, the moment ISO 8601. */
export interface KeptReservation {
  readonly id: string;
  readonly attempt: number;
  readonly mostUsd: string;
  readonly leaseEndsAt: string;
  readonly jobLimitUsd?: string;
  readonly intent: Omit<Reservation['intent'], 'most' | 'jobLimit'>;
}

/** A call that waits for its batch. docs/reasoning.md#the-batch-lane has its states. */
export interface BatchedCall {
  readonly version: 1;
  readonly state: 'reserving' | 'collected' | 'sent' | 'given-up';
  readonly attempt: RouteAttempt;
  /** What reading the answer takes, besides the answer. */
  readonly request: Pick<ModelRequest, 'model' | 'schema' | 'maxOutputTokens' | 'idempotencyKey'>;
  /** The request as it is sent. */
  readonly written: BlobReference;
  readonly reservation?: KeptReservation;
  readonly collectedAt: string;
  /** From then on the call is made by itself. */
  readonly giveUpAt: string;
  readonly batch?: string;
  /** Why it was given up, as a sentence; `late` may still be billed. */
  readonly gaveUp?: { readonly how: 'late' | 'not-answered'; readonly reason: string };
}

/** A batch: written before it is submitted, so that whoever comes after a crash looks for it. */
export interface BatchRecord {
  readonly version: 1;
  readonly provider: string;
  readonly key: string;
  readonly calls: readonly string[];
  readonly begunAt: string;
  /** When somebody last did something about it. */
  readonly touchedAt: string;
  /** The provider's name of it. */
  readonly submitted?: string;
  readonly ended?: true;
  /** The provider was asked to stop, because every job of it is over. */
  readonly cancelled?: true;
  /** Why it will bring nothing. */
  readonly failed?: string;
}

export function keptReservation({ id, attempt, most, leaseEndsAt, intent }: Reservation): KeptReservation {
  const { most: _most, jobLimit, ...facts } = intent;
  return {
    ...{ id, attempt, mostUsd: decimalUsdOf(most), leaseEndsAt: leaseEndsAt.toISOString(), intent: facts },
    ...(jobLimit === undefined ? {} : { jobLimitUsd: decimalUsdOf(jobLimit) }),
  };
}

export function reservationOf({
  id,
  attempt,
  mostUsd,
  leaseEndsAt,
  jobLimitUsd,
  intent,
}: KeptReservation): Reservation {
  const most = picodollarsOfDecimal(mostUsd);
  const limit = jobLimitUsd === undefined ? {} : { jobLimit: picodollarsOfDecimal(jobLimitUsd) };
  return { id, attempt, most, leaseEndsAt: new Date(leaseEndsAt), intent: { ...intent, ...limit, most } };
}
