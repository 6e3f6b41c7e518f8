import * as threads from 'node:worker_threads';
import type { Transferable } from 'node:worker_threads';

/** Node 20 does not tell: there, moving a buffer that must stay copies it. */
const { isMarkedAsUntransferable = () => false } = threads as {
  isMarkedAsUntransferable?: (value: unknown) => boolean;
};

/**
 * Those of the buffers that may move to another thread. What Node keeps for itself (its pool of small buffers) must stay: from Node 21 on,
 * a message that would move it is refused as a whole. It is copied with the message instead.
 */
export const movableBuffers = (transfer: readonly Transferable[]): Transferable[] => [
  ...new Set(transfer.filter((each) => !isMarkedAsUntransferable(each))),
];
