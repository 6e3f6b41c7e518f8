import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { restRoutes, scopes, type BlobReference, type RestRoute, type Tenant } from '@waybill/contracts';
import { storyOf } from '../results/job-stories.js';
import { startGuarded, type GuardedServices } from './start-guarded.js';

/** What belongs to `acme`, by the name of the path's parameter, and what nobody ever made. */
const theirs: Record<string, string> = { id: 'theirs', n: '1', name: 'their-cap' };
const nobodys: Record<string, string> = { id: 'nobodys', n: '1', name: 'no-cap' };
const routes = restRoutes.filter(({ scope }) => scope !== 'public');
/** How long the queues are is the same for everybody, and moves between two answers. */
const queueLengths = /("(?:waiting|underWay|oldestMs)":)(?:\d+|null)/g;
/** Those that the operator may ask about everybody. */
const overTenants = routes.filter(({ query }) => query !== undefined && 'tenants' in query.shape);
const marker = /theirs|their-cap|acme/;

let services: GuardedServices;
let owner: string;
let letter: string;

beforeAll(async () => {
  services = await startGuarded({ WAYBILL_WEBHOOK_SECRET: `whsec_${'A'.repeat(40)}`, WAYBILL_WEBHOOK_TARGETS: 'any' });
  owner = (await services.key('acme')).text;
  const { results } = services;
  const image = await put('pages/theirs/0-1.png', Buffer.from('89504e470d0a1a0a', 'hex'), 'image/png');
  const layouts = [await put('layouts/theirs/0-1.json', Buffer.from(JSON.stringify(layout)), 'application/json')];
  const callbackUrl = 'http://127.0.0.1:9/never';
  await results.append(storyOf('theirs', { tenant: 'acme', layouts, images: [image], callbackUrl }));
  await ask(routeOf('setBudget'), theirs, owner);
  // A message that no contract fits becomes a dead letter of its tenant.
  services.intake.nats.publish('waybill.acme.intake.submit', 'theirs: not JSON');
  do {
    const list = await (await services.ask('/v1/dead-letters', owner)).json();
    letter = (list as { deadLetters: { id: string }[] }).deadLetters[0]?.id ?? '';
  } while (letter === '');
});
afterAll(() => services.stop());

async function put(key: string, bytes: Buffer, mediaType: string): Promise<BlobReference> {
  return await services.results.store.put('acme' as Tenant, key, bytes, { mediaType });
}

const routeOf = (operation: string): RestRoute => routes.find((route) => route.operation === operation)!;

/** One request of a route, its path filled with names. */
async function ask(
  route: RestRoute,
  names: Record<string, string>,
  key: string | undefined,
  query = '',
): Promise<Response> {
  const isLetter = route.path.startsWith('/v1/dead-letters');
  const known = isLetter ? { id: names === theirs ? letter : '999999' } : names;
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => known[name] ?? name) + query;
  const json = { 'content-type': 'application/json' };
  const bodies: Record<string, object> = {
    submitJob: { id: names.id, documents: [{ inline: 'aGVsbG8=' }], task: { kind: 'read' } },
    setBudget: { window: 'total', capUsd: 7, over: 'refuse' },
  };
  const body = bodies[route.operation];
  const init = { method: route.method.toUpperCase(), signal: AbortSignal.timeout(120_000) };
  return await services.ask(path, key, body ? { ...init, body: JSON.stringify(body), headers: json } : init);
}

/** Status, headers that tell something, and body, without the names that were asked for and without the moment. */
async function toldBy(answer: Response, names: Record<string, string>) {
  const asked = new URL(answer.url).pathname.split('/')[3] ?? '';
  const own = [names.id ?? '', names.name ?? '', asked].filter(Boolean);
  const text = own.reduce(
    (all, name) => all.replace(new RegExp(`([ /"])${name}\\b`, 'g'), '$1NAME'),
    await answer.text(),
  );
  const { status, headers } = answer;
  const told = ['content-type', 'location', 'retry-after', 'etag'].map((name) =>
    headers.get(name)?.replace(/[^/]*$/, ''),
  );
  return { status, told, text: text.replace(queueLengths, '$1N').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'WHEN') };
}

describe('every route, asked by another tenant', () => {
  it.each(routes.map((route) => [route.operation, route] as const))('%s tells nothing', async (_, route) => {
    // Each time somebody new: what they made themselves is theirs to see.
    const stranger = (await services.key(`stranger-${routes.indexOf(route)}`)).text;
    const absent = await toldBy(await ask(route, nobodys, stranger), nobodys);
    const present = await toldBy(await ask(route, theirs, stranger), theirs);
    expect(present).toEqual(absent);
    expect(present.text).not.toMatch(marker);
  });

  it.each(overTenants.map((route) => [route.operation, route] as const))('%s over all tenants', async (_, route) => {
    const { text } = await services.key('stranger');
    const answer = await ask(route, nobodys, text, '?tenants=all');
    expect(answer.status).toBe(403);
    expect(await answer.text()).not.toMatch(marker);
  });

  it('has taken nothing away', async () => {
    expect((await services.ask('/v1/jobs/theirs', owner)).status).toBe(200);
    expect((await services.ask(`/v1/dead-letters/${letter}`, owner)).status).toBe(200);
    expect(await (await services.ask('/v1/budgets/their-cap', owner)).json()).toMatchObject({ capUsd: 7 });
  });
});

/** Answers about what there is; those that make, end or count something are told apart by other tests. */
const shown = routes.filter(({ method, path }) => method === 'get' && path.includes('{'));

describe('every route that shows one thing, asked by its owner', () => {
  it.each(shown.map((route) => [route.operation, route] as const))('%s shows it', async (_, route) => {
    expect((await ask(route, theirs, owner)).status).toBe(200);
    expect((await ask(route, nobodys, owner)).status).toBe(404);
  });
});

describe('every route asks for its scope', () => {
  it.each(routes.map((route) => [route.operation, route] as const))('%s', async (_, route) => {
    const others = await services.key(
      'gamma',
      scopes.filter((scope) => scope !== route.scope),
    );
    const enough = await services.key(
      'gamma',
      scopes.filter((scope) => scope === route.scope),
    );
    expect((await ask(route, nobodys, undefined)).status).toBe(401);
    const refused = await ask(route, nobodys, others.text);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ type: 'urn:waybill:problem:forbidden' });
    expect([401, 403]).not.toContain((await ask(route, nobodys, enough.text)).status);
  });

  it('and so do results when they are asked past the front door', async () => {
    for (const route of routes.filter(({ service }) => service === 'results')) {
      const answer = await fetch(services.results.url + route.path.replace(/\{\w+\}/g, '1'), {
        method: route.method.toUpperCase(),
      });
      expect({ route: route.operation, status: answer.status }).toEqual({ route: route.operation, status: 401 });
    }
    expect((await fetch(`${services.results.url}/v1/unheard-of`)).status).toBe(401);
    expect((await fetch(`${services.results.url}/openapi.json`)).status).toBe(200);
  });
});

const box = [0, 0, 1, 0.1];
const layout = {
  version: 1,
  ...{
    document: 0,
    page: 1,
    width: 100,
    height: 200,
    unit: 'px',
    dpi: null,
    rotation: 0,
    skewDegrees: 0,
    source: 'ocr',
  },
  ...{ engine: { name: 'none', version: '1' }, languages: ['eng'], tables: [], keyValues: [], remarks: [] },
  words: [{ text: 'secret', box, confidence: 0.9 }],
  lines: [{ text: 'secret', box, confidence: 0.9, words: [0] }],
  blocks: [{ kind: 'paragraph', box, confidence: 0.9, lines: [0] }],
};
