import { z } from 'zod';
import type { RequestRate } from './request-limits.js';

const bucketSchema = z.object({ tokens: z.number(), atMs: z.number() });

/** How many requests there were at a moment; between changes it fills evenly. Nothing yet is a full one. */
export type RequestBucket = Readonly<z.infer<typeof bucketSchema>>;

/** A clock that is further ahead than that is not believed. */
const mostAheadMs = 60_000;
/** A portion is what may come in this time, and no more than this part of what there is: near the limit it is one request. */
const portionsPerSecond = 4;
const portionsInStock = 8;

export const parseBucket = (stored: unknown): RequestBucket | undefined => bucketSchema.safeParse(stored).data;

/** What a bucket holds at most. */
export const mostRequests = ({ requestsPerSecond, burst }: RequestRate): number =>
  burst ?? Math.max(1, Math.ceil(requestsPerSecond * 2));

/** The bucket as it is now. Among clocks that differ the one ahead counts, so that no time is counted twice. */
export function filled(bucket: RequestBucket | undefined, rate: RequestRate, nowMs: number): RequestBucket {
  const most = mostRequests(rate);
  if (!bucket) return { tokens: most, atMs: nowMs };
  const isBehind = bucket.atMs > nowMs && bucket.atMs - nowMs <= mostAheadMs;
  const atMs = isBehind ? bucket.atMs : nowMs;
  const gained = (Math.max(0, nowMs - bucket.atMs) * rate.requestsPerSecond) / 1_000;
  return { tokens: Math.min(most, bucket.tokens + gained), atMs };
}

export interface Portion {
  readonly bucket: RequestBucket;
  /** Whole requests; 0 when there is none. */
  readonly granted: number;
  /** The time until there is one, in milliseconds. */
  readonly waitMs: number;
}

/** Takes a portion for those who wait, and for some to come while there is plenty. */
export function takePortion(
  known: RequestBucket | undefined,
  rate: RequestRate,
  { waiting, nowMs }: { readonly waiting: number; readonly nowMs: number },
): Portion {
  const bucket = filled(known, rate, nowMs);
  const { tokens } = bucket;
  const inAdvance = Math.floor(Math.min(rate.requestsPerSecond / portionsPerSecond, tokens / portionsInStock));
  const granted = Math.min(Math.floor(tokens), Math.max(waiting, inAdvance));
  const waitMs = granted > 0 ? 0 : ((1 - tokens) * 1_000) / rate.requestsPerSecond;
  return { bucket: { ...bucket, tokens: tokens - granted }, granted, waitMs };
}

/** Puts back what of a portion nobody asked for. */
export function giveBack(
  known: RequestBucket | undefined,
  rate: RequestRate,
  { unused, nowMs }: { readonly unused: number; readonly nowMs: number },
): RequestBucket {
  const bucket = filled(known, rate, nowMs);
  return { ...bucket, tokens: Math.min(mostRequests(rate), bucket.tokens + unused) };
}
