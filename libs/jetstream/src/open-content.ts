import { completed, StageError, type Outcome } from '@waybill/jobs';
import { isSealedMessage, openMessage, type Sealer } from '@waybill/sealing';
import type { Delivery } from './delivery.js';

const mark = '"sealed":"';

/**
 * Decrypts a message whose content is encrypted; others are left to be read. One whose keys were erased says nothing to anybody
 * any more and is settled; with other master keys it waits.
 */
export async function openContent(
  delivery: Delivery,
  { sealer }: { readonly sealer: Sealer },
): Promise<Outcome | undefined> {
  const { buffer, byteOffset, length } = delivery.message.data;
  if (!Buffer.from(buffer, byteOffset, length).includes(mark)) {
    return undefined;
  }
  const stored = jsonOrUndefined(delivery);
  if (!isSealedMessage(stored)) return undefined;
  try {
    delivery.payload = await openMessage(sealer, stored);
    return undefined;
  } catch (error) {
    if (error instanceof StageError && !error.retryable) return completed();
    throw error;
  }
}

function jsonOrUndefined({ message }: Delivery): unknown {
  try {
    return message.json<unknown>();
  } catch {
    return undefined;
  }
}
