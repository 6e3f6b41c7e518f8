import { toEventView, type RecordedEvent } from '@waybill/jobs';

/** Sent so often, a comment keeps proxies from closing a connection on which nothing happens. */
const heartbeatMs = 15_000;

/**
 * Events in the text/event-stream format (HTML Living Standard, section 9.2): the id is the sequence in the stream, the
 * event name is the type, the data is a `JobEventView`. Comments come first, so that the client sees the answer begin,
 * and then whenever nothing has happened for a while.
 */
export async function* serverSentEvents(
  events: AsyncIterable<RecordedEvent>,
  everyMs: number = heartbeatMs,
): AsyncGenerator<string> {
  const iterator = events[Symbol.asyncIterator]();
  try {
    yield ': following\n\n';
    let next = awaited(iterator);
    for (;;) {
      const step = await nextOrSilence(next, everyMs);
      if (step === 'silence') {
        yield ': still here\n\n';
        continue;
      }
      if (step.done) return;
      yield written(step.value);
      next = awaited(iterator);
    }
  } finally {
    // Not awaited: an iterator that is waiting for an event would only return after it.
    void iterator.return?.().catch(() => undefined);
  }
}

/** A reader that has gone away hears of no failure; one that is there does, from the promise itself. */
function awaited<Item>(iterator: AsyncIterator<Item>): Promise<IteratorResult<Item>> {
  const next = iterator.next();
  next.catch(() => undefined);
  return next;
}

const written = ({ sequence, event }: RecordedEvent): string =>
  `id: ${sequence}\nevent: ${event.type}\ndata: ${JSON.stringify(toEventView(event))}\n\n`;

async function nextOrSilence<Step>(next: Promise<Step>, ms: number): Promise<Step | 'silence'> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<'silence'>((resolve) => {
    timer = setTimeout(() => resolve('silence'), ms);
  });
  try {
    return await Promise.race([next, silence]);
  } finally {
    clearTimeout(timer);
  }
}
