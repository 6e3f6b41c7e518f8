import { describe, expect, it } from '@jest/globals';
import { followJob } from './follow-job.js';
import type { ServerSentEvent } from './server-sent-events.js';
import { WaybillError } from './waybill-error.js';

const collect = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
};

const at = '2026-01-01T00:00:00.000Z';
const planned = { type: 'job-planned', at, documents: [] };
const finished = { type: 'job-finished', at, status: 'completed', problems: [], costUsd: 0, times: {} };
const message = (id: number, data: unknown): ServerSentEvent => ({
  event: 'message',
  id: `${id}`,
  data: JSON.stringify(data),
});

/** A source that gives one script a connection, and remembers after which event each connection was opened. */
function scripted(scripts: readonly (readonly (ServerSentEvent | Error)[])[]) {
  const openedAfter: (string | undefined)[] = [];
  return {
    openedAfter,
    async *events(_id: string, after: string | undefined): AsyncGenerator<ServerSentEvent> {
      await Promise.resolve();
      const script = scripts[openedAfter.length] ?? [];
      openedAfter.push(after);
      for (const step of script) {
        if (step instanceof Error) throw step;
        yield step;
      }
    },
  };
}

const isRefusal = (error: unknown): boolean => error instanceof WaybillError && !error.isPassing;
const follow = (source: ReturnType<typeof scripted>) =>
  collect(followJob(source, 'a', new AbortController().signal, isRefusal));

describe('followJob', () => {
  it('resumes a broken connection after the last event it saw', async () => {
    const source = scripted([[message(1, planned), new Error('reset')], [message(2, finished)]]);
    expect((await follow(source)).map(({ type }) => type)).toEqual(['job-planned', 'job-finished']);
    expect(source.openedAfter).toEqual([undefined, '1']);
  });

  it('asks again when the server ends the stream before the job has ended', async () => {
    const source = scripted([[], [message(1, finished)]]);
    expect(await follow(source)).toHaveLength(1);
  });

  it('gives up at once when the service refuses', async () => {
    const refusal = new WaybillError('job-not-found', 'There is no such job.', { status: 404 });
    const source = scripted([[refusal]]);
    await expect(follow(source)).rejects.toBe(refusal);
    expect(source.openedAfter).toHaveLength(1);
  });

  it('waits for a service that is restarting', async () => {
    const away = new WaybillError('unreachable', 'Nothing answers.');
    const source = scripted([[away], [away], [message(1, finished)]]);
    expect(await follow(source)).toHaveLength(1);
  });

  it('skips events of kinds that it does not know', async () => {
    const source = scripted([[message(1, { type: 'job-painted', at }), message(2, finished)]]);
    expect((await follow(source)).map(({ type }) => type)).toEqual(['job-finished']);
  });
});
