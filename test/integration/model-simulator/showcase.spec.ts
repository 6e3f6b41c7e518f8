import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI from 'openai';
import { startShowcase, type ModelSimulator } from '@waybill/provider-simulator';

const receipt = [
  'Marlquist & Fennow Bakery Ltd',
  '27 Larkspur Row, Easthollow EH4 2QT',
  'Receipt R-104882  2026-03-14',
  'Tel 0555 010 4477  VAT 310 5547 82',
  'Gift box small 6.50  Sourdough loaf 8.40 4.20  Almond croissant 8.55 2.85  Flat white 6.80 3.40',
  'Orange juice 250ml 2.95  Subtotal 33.20  VAT 6.64  Total 39.84 GBP',
].join('\n');
const names = ['merchant', 'receiptNumber', 'howToCall', 'registeredAs', 'dearestItem'];
const right = {
  ...{ merchant: 'Marlquist & Fennow Bakery Ltd', receiptNumber: 'R-104882', howToCall: '0555 010 4477' },
  ...{ registeredAs: 'VAT 310 5547 82', dearestItem: 'Gift box small' },
};
const schema = { type: 'object', properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) };

let showcase: ModelSimulator;
beforeAll(async () => {
  showcase = await startShowcase();
});
afterAll(() => showcase.close());

/** How many of the values are right in so many different askings, and how many were refused for now. */
async function askAll(model: string, times: number) {
  const client = new OpenAI({ apiKey: 'sk-test', baseURL: `${showcase.url}/v1`, maxRetries: 0 });
  const ended = await Promise.allSettled(
    Array.from({ length: times }, (_, number) =>
      client.chat.completions.create({
        model,
        messages: [{ role: 'user', content: `${receipt}\nCopy ${number}` }],
        response_format: { type: 'json_schema', json_schema: { name: 'values', schema } },
      }),
    ),
  );
  const answers = ended.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
  const values = answers.flatMap(({ choices }) => Object.entries(JSON.parse(choices[0]!.message.content!) as object));
  const wrong = values.filter(([name, value]) => right[name as keyof typeof right] !== value);
  const refusals = ended.filter((end) => end.status === 'rejected' && end.reason instanceof OpenAI.RateLimitError);
  return { wrongShare: wrong.length / values.length, refused: refusals.length, answered: answers.length };
}

describe('the showcase', () => {
  it('knows the samples, each tier better than the one below, and is sometimes busy', async () => {
    const bulk = await askAll('gemini-2.5-flash-lite', 40);
    const frontier = await askAll('gpt-5.5-2026-04-23', 40);
    expect(bulk.wrongShare).toBeGreaterThan(0.05);
    expect(bulk.wrongShare).toBeLessThan(0.3);
    expect(frontier.wrongShare).toBeLessThan(0.05);
    expect(bulk.refused).toBeGreaterThan(0);
    expect(bulk.refused + bulk.answered).toBe(40);
  });
});
