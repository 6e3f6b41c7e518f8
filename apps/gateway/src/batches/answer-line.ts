import type { AnswerLineWork } from '@waybill/contracts';
import {
  completed,
  deferred,
  failedRetryable,
  outcomeOf,
  type BatchBook,
  type BatchQueue,
  type BegunLine,
  type DocumentStore,
  type LineEnding,
  type MessageContext,
  type Outcome,
} from '@waybill/jobs';
import { CallStop, ModelError } from '@waybill/llm-routing';
import { ChatBody } from '../body/chat-body.js';
import type { CompleteChat } from '../calls/complete-chat.js';
import { DoorError, errorBody } from '../http/door-error.js';

export interface AnswerLineTools {
  readonly book: BatchBook;
  readonly queue: BatchQueue;
  readonly store: DocumentStore;
  readonly timeoutMs: number;
}

const cancelled = {
  kind: 'none',
  code: 'batch_cancelled',
  message: 'The batch was cancelled before this request was executed.',
} as const;

/** Answers one line as the door answers a chat, and writes down what became of it before its call is booked. */
export class AnswerLine {
  constructor(
    private readonly chats: CompleteChat,
    private readonly tools: AnswerLineTools,
  ) {}

  async run(work: AnswerLineWork, context: MessageContext): Promise<Outcome> {
    return await outcomeOf(async () => {
      const begun = await this.tools.book.begin(work, work.line);
      if (!begun) return await this.found(work);
      if (begun.status === 'cancelling') return await this.end(work, cancelled);
      return await this.answer(work, begun, context);
    });
  }

  /** Whoever ended the line may have died before the batch was told. */
  private async found(work: AnswerLineWork): Promise<Outcome> {
    if (!(await this.tools.book.hasOpenLines(work))) await this.tools.queue.tend(work, 'answered');
    return completed();
  }

  private async answer(
    work: AnswerLineWork,
    { request, credential }: BegunLine,
    context: MessageContext,
  ): Promise<Outcome> {
    const { store, timeoutMs } = this.tools;
    const body = ChatBody.of(Buffer.from(await store.read(request)));
    const { stop, done } = stopOf(context.signal, timeoutMs);
    try {
      const of = { id: work.batchId, part: String(work.line) };
      const keep = async (bytes: Buffer): Promise<void> => {
        await this.end(work, await this.response(work, 200, bytes));
      };
      await this.chats.complete({ tenant: work.tenant, credential: credential ?? undefined, body, of, keep }, stop);
      return completed();
    } catch (error) {
      if (error instanceof DoorError) return await this.refused(work, error, context);
      await this.tools.book.giveBack(work, work.line);
      if (!context.signal.aborted) throw error;
      return failedRetryable({ code: 'unavailable', message: 'Answering was stopped before it was done.' });
    } finally {
      done();
    }
  }

  /** What passes is waited for or tried again; the rest is what the line is answered with. */
  private async refused(
    work: AnswerLineWork,
    error: DoorError,
    { attempt, maxAttempts }: MessageContext,
  ): Promise<Outcome> {
    const { retryAt } = error.more;
    if (retryAt) {
      await this.tools.book.giveBack(work, work.line);
      return deferred(retryAt, error.message);
    }
    if (passes(error) && attempt < maxAttempts) {
      await this.tools.book.giveBack(work, work.line);
      return failedRetryable({ code: 'model-failed', message: error.message });
    }
    return await this.end(work, await this.response(work, error.status, Buffer.from(errorBody(error))));
  }

  private async response(work: AnswerLineWork, statusCode: number, bytes: Buffer): Promise<LineEnding> {
    // Some providers write their answers on many lines.
    const line = Buffer.from(JSON.stringify(JSON.parse(bytes.toString())));
    const key = `batches/${work.batchId}/${work.line}/answer`;
    return { kind: 'response', statusCode, body: await this.tools.store.put(work.tenant, key, line) };
  }

  private async end(work: AnswerLineWork, ending: LineEnding): Promise<Outcome> {
    if (await this.tools.book.end(work, work.line, ending)) await this.tools.queue.tend(work, 'answered');
    return completed();
  }
}

const passes = ({ status }: DoorError): boolean => status === 429 || status >= 500;

function stopOf(signal: AbortSignal, timeoutMs: number): { readonly stop: CallStop; readonly done: () => void } {
  const stop = new CallStop();
  const sentence = `No answer within ${timeoutMs} ms; ask for less, or raise WAYBILL_GATEWAY_TIMEOUT_MS.`;
  const timer = setTimeout(() => stop.stop(new ModelError('timeout', sentence)), timeoutMs);
  const onAbort = () => stop.stop(new Error('The service is stopping, or the time of the batch is over.'));
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    stop,
    done: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    },
  };
}
