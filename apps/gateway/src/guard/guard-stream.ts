import { eventOf } from '../calls/chat-answer.js';
import { splitEvents } from '../calls/split-events.js';
import type { ChatGuard } from './chat-guard.js';
import { StreamedTexts, type Chunk } from './streamed-texts.js';

const isEnd = (event: Buffer): boolean => /^data:\s*\[DONE\]/.test(event.toString('latin1', 0, 16));

/**
 * A streamed answer with its values put back, piece by piece. Where the policy may keep it back, nothing is told before all
 * of it was looked at. Rejects as `ChatGuard.judge` does.
 */
export async function* guardStream(
  source: AsyncIterable<Buffer>,
  guard: ChatGuard,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  if (!guard.restores && !guard.looksAtAnswers) {
    yield* source;
    return;
  }
  const texts = new StreamedTexts(guard);
  let kept: Buffer[] = [];
  for await (const events of splitEvents(source)) {
    for (const event of events) {
      if (isEnd(event)) {
        kept.push(...texts.rest().map(eventOf));
        await guard.judge(texts.all, signal);
        kept.push(Buffer.from(`: waybill guardrails=${guard.tally.toString()}\n\n`));
      }
      kept.push(...passed(event, texts, guard));
    }
    if (guard.mayKeepBack && !isEnd(events.at(-1) as Buffer)) continue;
    if (kept.length > 0) yield Buffer.concat(kept);
    kept = [];
  }
}

function passed(event: Buffer, texts: StreamedTexts, guard: ChatGuard): Buffer[] {
  const chunk = chunkOf(event);
  if (!chunk) return [event];
  const told = texts.take(chunk);
  return guard.restores ? told.map(eventOf) : [event];
}

function chunkOf(event: Buffer): Chunk | undefined {
  const text = event.toString();
  if (!text.startsWith('data:') || isEnd(event)) return undefined;
  const data = text
    .split(/\r?\n/)
    .flatMap((line) => (line.startsWith('data:') ? [line.slice(5)] : []))
    .join('\n');
  try {
    return JSON.parse(data) as Chunk;
  } catch {
    return undefined;
  }
}
