import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { scopes, usageViewSchema, type Problem, type UsageView } from '@waybill/contracts';
import type { Purse } from '@waybill/llm-routing';
import { PURSE } from '@waybill/persistence';
import { dayHasRoom } from '../../support/index.js';
import { billOf, intentOf, reserved } from '../money/money-fixtures.js';
import { startGuarded, type GuardedServices } from './start-guarded.js';

let services: GuardedServices;
const allButAdmin = scopes.filter((scope) => scope !== 'admin');

beforeAll(async () => {
  await dayHasRoom(90_000);
  services = await startGuarded();
  const purse = services.results.app.get<Purse>(PURSE, { strict: false });
  for (const [tenant, usd] of [
    ['acme', 0.25],
    ['beta', 0.5],
  ] as const) {
    const intent = intentOf({ tenant, usd, job: `of-${tenant}`, credential: `wb_live_of${tenant}` });
    await purse.settle(reserved(await purse.reserve(intent)), billOf(usd));
  }
});
afterAll(() => services.stop());

const ask = async (query: string, key: string): Promise<Response> => await services.ask(`/v1/usage${query}`, key);
const costs = ({ rows }: UsageView): Record<string, number> =>
  Object.fromEntries(rows.map(({ group, costUsd }) => [Object.values(group).join(' '), costUsd]));

it('the operator’s admins see what every tenant has spent, and with which key', async () => {
  const { text } = await services.key('operator');
  const view = usageViewSchema.parse(await (await ask('?tenants=all&by=tenant,key', text)).json());
  expect(costs(view)).toEqual({ 'beta wb_live_ofbeta': 0.5, 'acme wb_live_ofacme': 0.25 });
  expect(view.totals).toMatchObject({ calls: 2, costUsd: 0.75 });
  expect(view.pageLimits).toBeUndefined();
  const csv = await (await ask('?tenants=all&by=tenant&format=csv', text)).text();
  expect(csv.split('\r\n')[1]).toMatch(/^beta,1,0\.5,/);
  // Without asking for it, the operator is a tenant like any other.
  expect(costs(usageViewSchema.parse(await (await ask('?by=tenant', text)).json()))).toEqual({});
});

it('everybody else sees their own, and is refused in the same words', async () => {
  const { text: acme } = await services.key('acme');
  expect(costs(usageViewSchema.parse(await (await ask('?by=tenant,job', acme)).json()))).toEqual({
    'acme of-acme': 0.25,
  });
  expect(costs(usageViewSchema.parse(await (await ask('?by=job&key=wb_live_ofbeta', acme)).json()))).toEqual({});
  const refused = await Promise.all(
    [acme, (await services.key('nobody-yet')).text, (await services.key('operator', allButAdmin)).text].map(
      async (key) => {
        const answer = await ask('?tenants=all&by=tenant', key);
        return [answer.status, ((await answer.json()) as Problem).detail];
      },
    ),
  );
  expect(refused[0]![0]).toBe(403);
  expect(new Set(refused.map((each) => JSON.stringify(each))).size).toBe(1);
  expect(JSON.stringify(refused)).not.toMatch(/acme|beta/);
});
