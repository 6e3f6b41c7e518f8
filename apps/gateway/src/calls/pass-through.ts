import { ModelError, type CallStop, type Candidate, type ChatWire, type ModelUsage } from '@waybill/llm-routing';
import type { ChatBody } from '../body/chat-body.js';
import type { ChatFacts } from '../body/chat-facts.js';
import { JsonMembers, JsonScanError } from '../body/json-members.js';
import type { MadeAnswer } from './chat-answer.js';
import type { ChatDraft } from '../receipts/chat-draft.js';
import { passStream } from './pass-stream.js';

/** Sends the client's own bytes on, with the provider's name of the model, and brings the provider's own bytes back. */
export async function passThrough(
  wire: ChatWire,
  { card }: Candidate,
  request: {
    readonly body: ChatBody;
    readonly facts: ChatFacts;
    readonly draft?: Pick<ChatDraft, 'named'> | undefined;
  },
  stop: CallStop,
): Promise<MadeAnswer> {
  const { body, facts, draft } = request;
  const values = {
    model: card.model,
    // Estimated and billed at the usual service, so it is asked for at that.
    ...(body.has('service_tier') ? { service_tier: null } : {}),
    ...(facts.isStream ? { stream_options: { ...facts.streamOptions, include_usage: true } } : {}),
  };
  const outgoing = {
    bytes: () => {
      if (body.bytes.isGone) return undefined;
      const bytes = body.outgoing(values);
      // When the network has all of a streamed call is not known: its place may go, its memory is not used again.
      if (facts.isStream) body.bytes.mayGo();
      return bytes;
    },
    ...(body.bytes.isLeased ? { sent: () => body.bytes.sent() } : {}),
  };
  const whom = `${wire.id} (${card.model})`;
  if (!facts.isStream) {
    const whole = await wire.ask(outgoing, card.model, stop);
    return { kind: 'whole', body: whole, usage: usageOfWhole(whole, wire, { whom, draft }) };
  }
  const answer = await wire.send(outgoing, card.model, stop);
  if (!answer.contentType.startsWith('text/event-stream')) {
    throw new ModelError('malformed', `${whom} was asked for a stream and sent ${answer.contentType}; ask again.`);
  }
  return { kind: 'stream', pieces: passStream(answer.body, wire, { whom, wantsUsage: facts.wantsUsage, draft }) };
}

/** Up to here, parsing is quicker than scanning. */
const quicklyParsedBytes = 16_384;

interface Whose {
  readonly whom: string;
  readonly draft: Pick<ChatDraft, 'named'> | undefined;
}

/** Looks at an answer as far as is needed to know that it is whole and what it used. */
function usageOfWhole(body: Buffer, wire: ChatWire, whose: Whose): ModelUsage | undefined {
  if (body.length <= quicklyParsedBytes) {
    const answer = parsedOrUndefined(body);
    if (answer?.['choices'] !== undefined) {
      whose.draft?.named(answer['id']);
      return wire.usageOf(answer);
    }
  }
  return usageByScan(body, wire, whose);
}

function parsedOrUndefined(body: Buffer): Record<string, unknown> | undefined {
  try {
    const answer: unknown = JSON.parse(body.toString());
    return typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Says what is wrong with an answer that is not whole. */
function usageByScan(body: Buffer, wire: ChatWire, { whom, draft }: Whose): ModelUsage | undefined {
  const scan = new JsonMembers();
  try {
    scan.push(body);
  } catch (cause) {
    if (!(cause instanceof JsonScanError)) throw cause;
    throw new ModelError(
      'malformed',
      `The answer of ${whom} is not JSON (${cause.message}); see what stands between.`,
      {
        cause,
      },
    );
  }
  try {
    scan.finish();
  } catch (cause) {
    throw new ModelError('truncated', `The answer of ${whom} broke off; ask again.`, { cause });
  }
  if (!scan.members.has('choices')) {
    throw new ModelError('malformed', `The answer of ${whom} has no choices; see what stands between.`);
  }
  const id = scan.members.get('id')?.at(-1);
  if (draft && id) draft.named(JSON.parse(body.subarray(id.start, id.end).toString()));
  const usage = scan.members.get('usage')?.at(-1);
  return usage && wire.usageOf({ usage: JSON.parse(body.subarray(usage.start, usage.end).toString()) as unknown });
}
