import { createHash } from 'node:crypto';
import type { BatchedCall } from './batch-records.js';

export const callKey = (id: string): string => `call.${id}`;
export const resultKey = (id: string): string => `result.${id}`;

export const batchPrefix = 'batch.';
export const batchKey = (id: string): string => batchPrefix + id;

/** Under which it is listed that calls wait for a batch. */
export const waitingPrefix = 'waiting.';

/** Calls of one model of one provider wait together. */
export const groupOf = ({ attempt }: BatchedCall): string =>
  `${waitingPrefix}${createHash('sha256').update(`${attempt.provider} ${attempt.model}`).digest('hex').slice(0, 16)}.`;
