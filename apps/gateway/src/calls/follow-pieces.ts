import { ModelError } from '@waybill/llm-routing';
import { doorErrorOf } from '../http/door-error.js';
import type { BookedCall } from './booked-call.js';
import { doneEvent, type MadeAnswer } from './chat-answer.js';

/** The pieces, and at their end the bill. Whoever stops listening gives the call up. */
export async function* followPieces(
  { pieces }: Extract<MadeAnswer, { kind: 'stream' }>,
  call: BookedCall,
): AsyncGenerator<Buffer> {
  let isOver = false;
  try {
    for (;;) {
      const next = await pieces.next();
      if (next.done) {
        isOver = true;
        const costUsd = await call.succeed(next.value.usage);
        yield Buffer.concat([Buffer.from(`: waybill cost-usd=${costUsd}\n\n`), doneEvent]);
        return;
      }
      call.piece(next.value.length);
      yield next.value;
    }
  } catch (error) {
    if (isOver) throw error;
    isOver = true;
    await call.fail(error);
    throw error instanceof ModelError ? doorErrorOf(error) : error;
  } finally {
    if (!isOver) {
      await call.fail(undefined);
      await pieces.return({ usage: undefined });
    }
  }
}
