import { ModelError, type ChatWire, type ModelUsage } from '@waybill/llm-routing';
import type { ChatDraft } from '../receipts/chat-draft.js';
import type { StreamEnd } from './chat-answer.js';
import { splitEvents } from './split-events.js';

interface StreamTerms {
  readonly whom: string;
  /** The client asked for the event that tells the usage; otherwise it is kept back. */
  readonly wantsUsage: boolean;
  /** Hears the id that the pieces carry. */
  readonly draft: Pick<ChatDraft, 'named'> | undefined;
}

// In JSON a quote inside of a string is escaped, so these match members only.
const usageMember = /"usage"\s*:\s*\{/;
const idMember = /"id"\s*:\s*"/;
const endingMember = /"finish_reason"\s*:\s*"/;
const noChoices = /"choices"\s*:\s*\[\s*\]/;
const errorMember = /^data:\s*\{\s*"error"\s*:/;

/** Passes a provider's events on as they come. It ends well only when the provider has said that it is done. */
export async function* passStream(
  source: AsyncIterable<Uint8Array>,
  wire: ChatWire,
  { whom, wantsUsage, draft }: StreamTerms,
): AsyncGenerator<Buffer, StreamEnd> {
  let usage: ModelUsage | undefined;
  let isEnded = false;
  let isNamed = draft === undefined;
  for await (const events of splitEvents(source)) {
    const passed: Buffer[] = [];
    for (const event of events) {
      const text = event.toString('latin1');
      if (/^data:\s*\[DONE\]/.test(text)) return yield* last(passed, usage);
      if (errorMember.test(text)) throw new ModelError('unknown', `${whom} failed in its answer: ${told(event)}`);
      if (!isNamed && idMember.test(text)) {
        draft?.named((dataOf(event) as { id?: unknown } | undefined)?.id);
        isNamed = true;
      }
      isEnded ||= endingMember.test(text);
      const tellsUsage = usageMember.test(text);
      if (tellsUsage) usage = wire.usageOf(dataOf(event)) ?? usage;
      if (!tellsUsage || wantsUsage || !noChoices.test(text)) passed.push(event);
    }
    if (passed.length > 0) yield passed.length === 1 ? (passed[0] as Buffer) : Buffer.concat(passed);
  }
  // Some servers leave `[DONE]` out; none leaves out why it stopped.
  if (!isEnded) throw new ModelError('truncated', `The answer of ${whom} broke off; ask again.`);
  return { usage };
}

async function* last(passed: readonly Buffer[], usage: ModelUsage | undefined): AsyncGenerator<Buffer, StreamEnd> {
  if (passed.length > 0) yield Buffer.concat(passed);
  return { usage };
}

function dataOf(event: Buffer): unknown {
  const text = event
    .toString()
    .split(/\r?\n/)
    .flatMap((line) => (line.startsWith('data:') ? [line.slice(5)] : []))
    .join('\n');
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const told = (event: Buffer): string => event.toString().slice(5, 305).trim();
