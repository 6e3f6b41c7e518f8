import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JobView, ResultView } from '@waybill/contracts';
import { whenEnded, startStack, type TestStack } from '../support/index.js';
import { drawPdf, drawPicture, drawTiffWithBrokenPage } from './support/draw-documents.js';

let stack: TestStack;

beforeAll(async () => {
  stack = await startStack({ env: { WAYBILL_OCR_WORKERS: '1', WAYBILL_EXPIRY_SWEEP_MS: '200' } });
});
afterAll(() => stack?.stop());

type Content = Uint8Array<ArrayBuffer>;

async function submit(documents: readonly Content[], more: object = {}): Promise<string> {
  const form = new FormData();
  const names = documents.map((_, index) => `file-${index}`);
  const submission = { task: { kind: 'read' }, documents: names.map((upload) => ({ upload })), ...more };
  form.append('submission', new Blob([JSON.stringify(submission)], { type: 'application/json' }));
  documents.forEach((content, index) => form.append(names[index] ?? '', new Blob([content]), names[index]));
  const response = await fetch(`${stack.url}/v1/jobs`, { method: 'POST', body: form });
  expect(response.status).toBe(202);
  return ((await response.json()) as { id: string }).id;
}

const get = async <Body>(path: string): Promise<Body> => {
  const response = await fetch(`${stack.url}${path}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Body;
};

const ended = (id: string): Promise<JobView> => whenEnded(`${stack.url}/v1/jobs/${id}`);

const picture = (page: number): Promise<Content> =>
  drawPicture(Array.from({ length: 12 }, () => `Line on page ${page}`));

describe('a job', () => {
  it('is completed with the text of all its pages, in order', async () => {
    const id = await submit([await drawPdf(['First page', 'Second page']), await drawPdf(['Third page'])]);
    expect(await ended(id)).toMatchObject({ status: 'completed', pages: { done: 3, failed: 0, total: 3 } });
    const text = await (await fetch(`${stack.url}/v1/jobs/${id}/text`)).text();
    expect(text.indexOf('First page')).toBeGreaterThanOrEqual(0);
    expect(text.indexOf('Second page')).toBeGreaterThan(text.indexOf('First page'));
    expect(text.indexOf('Third page')).toBeGreaterThan(text.indexOf('Second page'));
  });

  it('is partial when one of its pages cannot be read: answers for the others, one reason', async () => {
    const id = await submit([await drawTiffWithBrokenPage(3, 2)]);
    const job = await ended(id);
    expect(job).toMatchObject({ status: 'partial', pages: { done: 3, failed: 1, total: 3 } });
    expect(job.problems).toEqual([expect.objectContaining({ code: 'unreadable-page', document: 0, page: 2 })]);
    const result = await get<ResultView>(`/v1/jobs/${id}/result`);
    expect(result.documents[0]).toMatchObject({ pages: 3, pagesRead: 2 });
  });

  it('is failed when nothing of it can be read', async () => {
    const id = await submit([Uint8Array.from(Buffer.from('%PDF-1.7\nnothing else'))]);
    const job = await ended(id);
    expect(job.status).toBe('failed');
    expect(job.problems[0]?.message).toMatch(/\.$/);
  });

  it('is cancelled, with the work that had not begun dropped', async () => {
    const pages = await Promise.all([1, 2, 3, 4, 5, 6].map(picture));
    const id = await submit(pages);
    const cancelled = await fetch(`${stack.url}/v1/jobs/${id}`, { method: 'DELETE' });
    expect(cancelled.status).toBe(200);
    expect(await cancelled.json()).toMatchObject({ id, status: 'cancelled' });
    expect(await ended(id)).toMatchObject({ status: 'cancelled' });
    const next = await submit([await drawPdf(['Nothing stands in my way'])]);
    expect((await ended(next)).status).toBe('completed');
    expect((await get<JobView>(`/v1/jobs/${id}`)).pages.done).toBeLessThan(6);
  });

  it('is expired when its deadline passes first', async () => {
    // More than can be read until then, and time enough to hand them in.
    const pages = await Promise.all(Array.from({ length: 16 }, (_, page) => picture(page)));
    const deadline = new Date(Date.now() + 2_500).toISOString();
    const job = await ended(await submit(pages, { routing: { deadline } }));
    expect(job.status).toBe('expired');
    expect(Date.parse(job.finishedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(deadline));
  });

  it('tells its life as events that can be resumed', async () => {
    const id = await submit([await drawPdf(['One', 'Two'])]);
    const read = async (after?: string): Promise<string> => {
      const response = await fetch(`${stack.url}/v1/jobs/${id}/events`, {
        headers: after === undefined ? {} : { 'last-event-id': after },
      });
      return response.text();
    };
    const whole = await read();
    const types = [...whole.matchAll(/"type":"([a-z-]+)"/g)].map(([, type]) => type);
    expect(types[0]).toBe('job-accepted');
    expect(types.filter((type) => type === 'page-read')).toHaveLength(2);
    expect(types.at(-1)).toBe('job-finished');
    const ids = [...whole.matchAll(/^id: ?(\S+)$/gm)].map(([, eventId]) => eventId);
    const rest = await read(ids.at(-2));
    expect([...rest.matchAll(/"type":"([a-z-]+)"/g)].map(([, type]) => type)).toEqual(['job-finished']);
  });
});
