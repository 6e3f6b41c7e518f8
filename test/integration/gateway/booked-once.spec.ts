import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PostgresBudgetBook, type Database } from '@waybill/persistence';
import { systemClock } from '@waybill/jobs';
import type OpenAI from 'openai';
import { APIError } from 'openai';
import sharp from 'sharp';
import { startModelSimulator, type ModelSimulator } from '@waybill/provider-simulator';
import { openAiClient } from '../../support/openai-client.js';
import { acme, budgetOf, openMoneyDatabase, type MoneyDatabase } from '../money/money-fixtures.js';
import { startGateway, type TestGateway } from './start-gateway.js';

const model = 'openai/gpt-5.4-mini';
const messages = [{ role: 'user' as const, content: 'What is the total? TOTAL 12.50' }];

let simulator: ModelSimulator;
let money: MoneyDatabase;
let database: Database;
let gateway: TestGateway;

beforeAll(async () => {
  simulator = await startModelSimulator();
  money = await openMoneyDatabase();
  database = money.open(2);
});
beforeEach(async () => {
  simulator.reset();
  await database.execute('TRUNCATE budgets, reservations, ledger, spending', []);
});
afterAll(async () => {
  await money?.close();
  await simulator?.close();
});

async function open(allowanceUsd: string): Promise<OpenAI> {
  gateway = await startGateway({
    WAYBILL_MODEL_SIMULATOR_URL: simulator.url,
    WAYBILL_GATEWAY_LEDGER: 'postgres',
    WAYBILL_GATEWAY_ALLOWANCE_USD: allowanceUsd,
    DATABASE_URL: money.url,
  });
  return openAiClient(gateway.baseUrl, { tenant: acme });
}

interface Books {
  readonly rows: number;
  readonly calls: number;
  readonly usd: string;
  readonly held: number;
}

async function books(): Promise<Books> {
  const [found] = await database.execute<Books>(
    `SELECT (SELECT count(*)::int FROM ledger) AS rows, (SELECT count(DISTINCT job_id)::int FROM ledger) AS calls,
      (SELECT coalesce(sum(cost_usd), 0)::text FROM ledger) AS usd, (SELECT count(*)::int FROM reservations) AS held`,
    [],
  );
  return found!;
}

async function hasAllowance(): Promise<boolean> {
  const found = `SELECT 1 FROM reservations WHERE idempotency_key LIKE 'allowance/%'`;
  return (await database.execute(found, [])).length > 0;
}

describe.each([
  ['an allowance', '1'],
  ['a reservation of its own', '0'],
])('a chat under %s', (_under, allowanceUsd) => {
  it('is booked once, answered or streamed, and nothing is held when the gateway has stopped', async () => {
    const client = await open(allowanceUsd);
    try {
      for (let round = 0; round < 6; round += 1) {
        await client.chat.completions.create({ model, messages });
        for await (const _ of await client.chat.completions.create({ model, messages, stream: true }));
      }
      await Promise.all(Array.from({ length: 30 }, () => client.chat.completions.create({ model, messages })));
    } finally {
      await gateway.stop();
    }
    const { rows, calls, held, usd } = await books();
    expect([rows, calls, held]).toEqual([42, 42, 0]);
    expect(Number(usd)).toBeGreaterThan(0);
  });

  it('is booked with its pictures, as they were sent', async () => {
    const client = await open(allowanceUsd);
    const noise = { type: 'gaussian' as const, mean: 128, sigma: 30 };
    const drawn = sharp({ create: { width: 2_400, height: 1_600, channels: 3, background: '#446688', noise } });
    const url = `data:image/jpeg;base64,${(await drawn.jpeg({ quality: 90 }).toBuffer()).toString('base64')}`;
    const content = [{ type: 'image_url' as const, image_url: { url } }];
    const ask = async () => await client.chat.completions.create({ model, messages: [{ role: 'user', content }] });
    try {
      // The first one reserves for itself and opens an allowance, which the second one draws on.
      await ask();
      while (allowanceUsd !== '0' && !(await hasAllowance()));
      await ask();
    } finally {
      await gateway.stop();
    }
    const rows = await database.execute<{ images: object[]; credential: string }>('SELECT * FROM ledger', []);
    const tokens = expect.any(Number);
    const sent = { page: 1, width: 1_920, height: 1_280, detail: 'high', bytes: expect.any(Number) };
    const booked = { images: [{ ...sent, estimatedTokens: tokens }], credential: 'none' };
    expect(rows.map(({ images, credential }) => ({ images, credential }))).toEqual([booked, booked]);
  });

  it('is booked once when its stream is cut, and when its client goes away in the middle', async () => {
    const client = await open(allowanceUsd);
    try {
      await client.chat.completions.create({ model, messages });
      simulator.script({ behaviour: { kind: 'cut', how: 'reset' }, times: 1 });
      await expect(
        (async () => {
          for await (const _ of await client.chat.completions.create({ model, messages, stream: true }));
        })(),
      ).rejects.toThrow();
      simulator.reset();
      const stream = await client.chat.completions.create({ model, messages, stream: true });
      for await (const _ of stream) stream.controller.abort();
    } finally {
      await gateway.stop();
    }
    const { rows, calls, held } = await books();
    expect([rows, calls, held]).toEqual([3, 3, 0]);
  });

  it('is refused or waits at the end of a budget, which 200 chats at once never pass', async () => {
    const budgets = new PostgresBudgetBook(database, systemClock);
    const client = await open(allowanceUsd);
    let refused = 0;
    try {
      await budgets.put(acme, budgetOf({ capUsd: 0.01 }));
      const first = await client.chat.completions.create({ model, messages, max_tokens: 50 });
      expect(first.choices).toHaveLength(1);
      await Promise.all(
        Array.from({ length: 200 }, async () => {
          const error: unknown = await client.chat.completions
            .create({ model, messages, max_tokens: 50 })
            .then(() => undefined)
            .catch((reason: unknown) => reason);
          if (error === undefined) return;
          expect(error).toBeInstanceOf(APIError);
          const { status, code, headers } = error as APIError;
          expect([402, 429]).toContain(status);
          expect(['budget_exceeded', 'rate_limit_exceeded']).toContain(code);
          if (status === 429) expect(Number(headers?.get('retry-after'))).toBeGreaterThan(0);
          refused += 1;
        }),
      );
    } finally {
      await gateway.stop();
    }
    const { rows, usd, held } = await books();
    expect(Number(usd)).toBeLessThanOrEqual(0.01);
    expect([rows, held]).toEqual([201 - refused, 0]);
    expect(refused).toBeGreaterThan(0);
  });
});
