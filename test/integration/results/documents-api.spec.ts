import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  layoutViewSchema,
  pageLayoutSchema,
  pageViewSchema,
  routeViewSchema,
  resultViewSchema,
  type BlobReference,
  type PageLayout,
  type Problem,
  type Tenant,
} from '@waybill/contracts';
import { attemptTold, storyOf, waitTold } from './job-stories.js';
import { startResults, type RunningResults } from './start-results.js';

let results: RunningResults;
const png = Buffer.from('89504e470d0a1a0a', 'hex');

const layoutOf = (page: number, text: string): PageLayout =>
  pageLayoutSchema.parse({
    version: 1,
    document: 0,
    page,
    width: 100,
    height: 200,
    unit: 'px',
    dpi: null,
    rotation: 0,
    skewDegrees: 0,
    source: 'ocr',
    engine: { name: 'none', version: '1' },
    languages: ['eng'],
    words: [{ text, box: [0, 0, 1, 0.1], confidence: 0.9 }],
    lines: [{ text, box: [0, 0, 1, 0.1], confidence: 0.9, words: [0] }],
    blocks: [{ kind: 'paragraph', box: [0, 0, 1, 0.1], confidence: 0.9, lines: [0] }],
    tables: [],
    keyValues: [],
    remarks: [],
  });

beforeAll(async () => {
  results = await startResults();
  const tenant = 'acme' as Tenant;
  const store = async (page: number, text: string): Promise<BlobReference> =>
    await results.store.put(tenant, `doc/${page}.json`, Buffer.from(JSON.stringify(layoutOf(page, text))));
  const layouts = [await store(1, 'First <b>page'), await store(2, 'Second page'), await store(3, 'never used')];
  const images = [await results.store.put(tenant, 'doc/1.png', png, { mediaType: 'image/png' })];
  await results.append(storyOf('doc', { pages: 3, failedPages: [3], layouts, images, end: 'partial' }));
  await results.append(storyOf('open', { pages: 2, layouts, end: 'open' }).slice(0, 3));
  await results.append(storyOf('refused', { end: 'failed' }).slice(-1));
});

afterAll(async () => {
  await results.stop();
});

const text = async (path: string): Promise<{ type: string; body: string }> => {
  const answer = await results.get(path);
  expect(answer.status).toBe(200);
  return { type: answer.headers.get('content-type') ?? '', body: await answer.text() };
};
const problem = async (path: string): Promise<{ code: string; retryAfter: string | null }> => {
  const answer = await results.get(path);
  const { type, status } = (await answer.json()) as Problem;
  expect(status).toBe(answer.status);
  return { code: type.split(':').at(-1) ?? '', retryAfter: answer.headers.get('retry-after') };
};

describe('a finished job', () => {
  it('has a result, as often as asked', async () => {
    const first = resultViewSchema.parse(await (await results.get('/v1/jobs/doc/result')).json());
    expect(first).toMatchObject({ status: 'partial', task: 'extract', documents: [{ values: { total: 12.5 } }] });
    expect(await (await results.get('/v1/jobs/doc/result')).json()).toEqual(first);
  });

  it('has a result also when it was refused, which says why', async () => {
    const view = resultViewSchema.parse(await (await results.get('/v1/jobs/refused/result')).json());
    expect(view.status).toBe('failed');
  });

  it('has the layouts of the pages that were read', async () => {
    const { type, body } = await text('/v1/jobs/doc/layout');
    expect(type).toMatch(/^application\/json/);
    expect(layoutViewSchema.parse(JSON.parse(body))).toEqual({
      id: 'doc',
      pages: [layoutOf(1, 'First <b>page'), layoutOf(2, 'Second page')],
      documents: [{ document: 0, running: [], continuedTables: [] }],
    });
  });

  it('has Markdown, HTML and text', async () => {
    const markdown = await text('/v1/jobs/doc/markdown');
    expect(markdown.type).toBe('text/markdown; charset=utf-8');
    expect(markdown.body).toMatch(/First[^]*Second page/);
    const html = await text('/v1/jobs/doc/html');
    expect(html.type).toBe('text/html; charset=utf-8');
    expect(html.body).toContain('First &lt;b&gt;page');
    const plain = await text('/v1/jobs/doc/text');
    expect(plain.type).toBe('text/plain; charset=utf-8');
    expect(plain.body).toMatch(/First <b>page[^]*Second page/);
  });

  it('has its tables as CSV, which a browser keeps and does not show', async () => {
    const answer = await results.get('/v1/jobs/doc/csv');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(await answer.text()).toBe('');
  });

  it('forbids a browser to run anything in the HTML', async () => {
    const answer = await results.get('/v1/jobs/doc/html');
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
  });

  it('has pages, by number and by document', async () => {
    const page = pageViewSchema.parse(await (await results.get('/v1/jobs/doc/pages/1')).json());
    expect(page).toMatchObject({
      number: 1,
      document: 0,
      page: 1,
      status: 'read',
      image: '/v1/jobs/doc/pages/1/image',
    });
    expect(page.layout).toEqual(layoutOf(1, 'First <b>page'));
    const failed = pageViewSchema.parse(await (await results.get('/v1/jobs/doc/pages/3?document=0')).json());
    expect(failed).toMatchObject({ number: 3, status: 'failed', failure: { code: 'unreadable-page' } });
  });

  it('has a picture of what was found on each page', async () => {
    const answer = await results.get('/v1/jobs/doc/pages/1/overlay');
    expect(answer.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    const svg = await answer.text();
    expect(svg).toContain('href="data:image/png;base64,');
    expect(svg).toContain('&lt;b&gt;');
    expect(await (await results.get('/v1/jobs/doc/pages/2/overlay')).text()).not.toContain('<image');
    expect(await problem('/v1/jobs/doc/pages/3/overlay')).toMatchObject({ code: 'image-not-found' });
  });

  it('has images of pages where they were rendered', async () => {
    const answer = await results.get('/v1/jobs/doc/pages/1/image');
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(png);
    expect(await problem('/v1/jobs/doc/pages/2/image')).toMatchObject({ code: 'image-not-found' });
    expect(await problem('/v1/jobs/doc/pages/3/image')).toMatchObject({ code: 'image-not-found' });
  });

  it('has no pages beyond its last one', async () => {
    expect(await problem('/v1/jobs/doc/pages/4')).toMatchObject({ code: 'page-not-found' });
    expect(await problem('/v1/jobs/doc/pages/1?document=1')).toMatchObject({ code: 'page-not-found' });
    expect(await problem('/v1/jobs/doc/pages/0')).toMatchObject({ code: 'invalid-request' });
  });

  it.each(['result', 'layout', 'markdown', 'html', 'text', 'pages/1', 'pages/1/image', 'pages/1/overlay', 'events'])(
    'shows another tenant no %s',
    async (path) => {
      const answer = await results.get(`/v1/jobs/doc/${path}`, { headers: { 'waybill-tenant': 'other' } });
      expect(answer.status).toBe(404);
    },
  );
});

describe('a job that is under way', () => {
  it.each(['result', 'layout', 'markdown', 'html', 'text'])('has no %s yet, and says when to ask', async (path) => {
    expect(await problem(`/v1/jobs/open/${path}`)).toEqual({ code: 'job-not-final', retryAfter: '1' });
  });

  it('has its route so far, and why it waits; a final state without an answer takes nothing of it away', async () => {
    const route = async () => routeViewSchema.parse(await (await results.get('/v1/jobs/routed/route')).json());
    /** Rows follow events in a moment. */
    const routeOnce = async (status: string) => {
      for (;;) {
        const seen = await route().catch(() => undefined);
        if (seen?.status === status) return seen;
      }
    };
    const told = (name: 'limited' | 'answered', document: number) => attemptTold('routed', name, document);
    await results.append(storyOf('routed', { end: 'open' }));
    expect(await routeOnce('processing')).toEqual({ id: 'routed', status: 'processing', documents: [] });
    await results.append([told('limited', 1), told('answered', 0), told('limited', 1), waitTold('routed')]);
    const [answered, limited] = ['answered', 'rate-limited'].map((outcome) => ({ attempts: [{ outcome }] }));
    const documents = [
      { document: 0, ...answered },
      { document: 1, ...limited },
    ];
    expect(await routeOnce('waiting')).toMatchObject({ waiting: { reason: 'The model rests.' }, documents });
    await results.append(storyOf('routed', { end: 'failed' }).slice(-1));
    expect(await routeOnce('failed')).toMatchObject({ documents });
  });

  it('has the pages that have ended', async () => {
    const page = pageViewSchema.parse(await (await results.get('/v1/jobs/open/pages/1')).json());
    expect(page.status).toBe('read');
    expect(await problem('/v1/jobs/open/pages/2')).toEqual({ code: 'job-not-final', retryAfter: '1' });
    expect(await problem('/v1/jobs/open/pages/3')).toMatchObject({ code: 'page-not-found' });
  });
});
