import type { ConsumerContract } from '@waybill/contracts';
import { deferred, failedTerminal, type Outcome } from '@waybill/jobs';
import type { z } from 'zod';
import type { Delivery } from './delivery.js';
import { jobLimits } from './job-limits.js';

/** How long a message of a newer release is left to its workers: longer each time, so that few deferrals last minutes. */
const leaveToNewerMs = ({ deliveryCount }: Delivery): number => Math.min(60_000, 1_000 * 2 ** deliveryCount);

/** What a message says, as its consumer's contract gives it; an outcome when it cannot be read here. */
export function readPayload(
  delivery: Delivery,
  { contract }: { readonly contract: ConsumerContract },
): Outcome | undefined {
  const code = contract.stream === 'submissions' ? 'invalid-submission' : 'internal';
  try {
    // What was encrypted has been opened already.
    delivery.payload ??= delivery.message.json<unknown>();
  } catch {
    return failedTerminal({ code, message: `The message for ${contract.name} is not JSON.` });
  }
  const parsed = contract.schema.safeParse(delivery.payload);
  if (!parsed.success) {
    const { issues } = parsed.error;
    const listed = issues.slice(0, 5).map((issue) => `${issue.path.join('.') || 'the message'}: ${issue.message}`);
    if (contract.maxDeferrals > 0 && isOurs(delivery.payload) && issues.every(isUnknownHere)) {
      const reason = `It says what this release does not know, so it is left to a newer worker: ${listed.join('; ')}.`;
      return deferred(new Date(Date.now() + leaveToNewerMs(delivery)), reason);
    }
    return failedTerminal({
      code,
      message: `The message does not fit the contract of ${contract.name}: ${listed.join('; ')}.`,
    });
  }
  delivery.payload = parsed.data;
  delivery.limits = jobLimits(parsed.data, contract);
  return undefined;
}

/** Every message of a release says its version; what says none is damaged, or somebody else's. */
const isOurs = (payload: unknown): boolean =>
  typeof payload === 'object' && payload !== null && 'version' in payload && typeof payload.version === 'number';

/**
 * Nobody writes these but a later release: a wish that was added, or a new one of a list of words. Ignoring a wish could
 * break a promise (a region, a price), and giving up would lose the job.
 */
const isUnknownHere = ({ code }: z.core.$ZodIssue): boolean =>
  code === 'unrecognized_keys' || code === 'invalid_value' || code === 'invalid_union';
