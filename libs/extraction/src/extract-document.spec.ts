import { describe, expect, it } from '@jest/globals';
import { extractedFieldSchema, type JsonSchema } from '@waybill/contracts';
import { inventDocument } from '@waybill/samples';
import { extractDocument, judgeDocument } from './extract-document.js';
import { layoutOf, layoutOfWords } from './testing/layout-of.js';

const slip = [
  '     QUELLMARK HARDWARE SDN BHD',
  '           (990017-X)',
  '     NO. 18, JALAN RIMBA 2/5,',
  '     43999 BANDAR RIMBA, SELANGOR',
  '        TEL: 03-5550 1182',
  '          TAX INVOICE',
  'DOC NO : CS00041873',
  'DATE: 22-04-2026        16:08',
  '2   PAINT ROLLER             25.00',
  '1   PRIMER 5L                86.90',
  'TOTAL EXCL. SST             111.90',
  'SST 6%                        6.71',
  'T0TAL PAYABLE            RM 118.61',
  'CASH                        120.00',
  'CHANGE                        1.39',
];

const object = (properties: Record<string, JsonSchema>): JsonSchema => ({ type: 'object', properties });
const fieldAt = (fields: readonly { path: string }[], path: string) => fields.find((field) => field.path === path);

async function invented(seed: number, slips: number) {
  const { pages, expected } = await inventDocument(seed, slips);
  return { expected, layouts: pages.map((page, at) => layoutOfWords(page.words, { ...page, page: at + 1 })) };
}

describe('extractDocument', () => {
  it('fills the built-in schema of a receipt, also over misread labels', () => {
    const { kind, values } = extractDocument([layoutOf(slip)], undefined);
    expect(kind).toBe('receipt');
    expect(values).toEqual({
      merchant: 'QUELLMARK HARDWARE SDN BHD',
      address: 'NO. 18, JALAN RIMBA 2/5, 43999 BANDAR RIMBA, SELANGOR',
      date: '2026-04-22',
      receiptNumber: 'CS00041873',
      currency: 'MYR',
      subtotal: 111.9,
      tax: 6.71,
      total: 118.61,
      lineItems: [
        { description: 'PAINT ROLLER', quantity: 2, unitPrice: null, amount: 25 },
        { description: 'PRIMER 5L', quantity: 1, unitPrice: null, amount: 86.9 },
      ],
    });
  });

  it('grounds every value in the words it was read from', () => {
    const layout = layoutOf(slip);
    const { fields } = extractDocument([layout], 'receipt');
    const total = extractedFieldSchema.parse(fieldAt(fields, '/total'));
    expect(total.page).toBe(1);
    expect(total.words.map((word) => layout.words[word]!.text)).toEqual(['RM', '118.61']);
    expect(total.boxes).toEqual(total.words.map((word) => layout.words[word]!.box));
  });

  it('says why a value is null', () => {
    const { values, fields } = extractDocument([layoutOf(['Dear colleagues,', 'please come on Monday.'])], 'receipt');
    expect(values).toMatchObject({ total: null, lineItems: [] });
    expect(fieldAt(fields, '/total')).toEqual({
      ...{ path: '/total', value: null, confidence: 0, boxes: [], words: [] },
      reason: 'Nothing on the pages reads like "Total".',
    });
  });

  it('gives labelled values as they stand when a document is no receipt or invoice and no schema is given', () => {
    const form = layoutOf([
      'Name: Ada Quell',
      'Member no: 4471',
      '__proto__: no',
      'Branch: Millhaven',
      'Floor: second',
    ]);
    const { kind, values } = extractDocument([form], undefined);
    expect(kind).toBe('form');
    expect(values).toMatchObject({ Name: 'Ada Quell', Branch: 'Millhaven' });
    expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
  });

  it('finds what any schema asks for, through names, titles, types, formats and choices', () => {
    const page = layoutOf([
      'Membership form',
      'Full name: Ada Quell',
      'Joined on: 3 March 2024          Newsletter: yes',
      'Plan: the gold plan',
      'Seats: 12',
      'Questions? Write to desk@quell.example or call 03-555 0199',
    ]);
    const schema = object({
      member: object({ fullName: { type: 'string' }, since: { type: 'string', format: 'date', title: 'Joined on' } }),
      newsletter: { type: 'boolean' },
      plan: { enum: ['silver', 'gold'] },
      seats: { type: ['integer', 'null'] },
      contact: { type: 'string', format: 'email' },
      phone: { type: 'string' },
      notThere: { type: 'string', title: 'Shoe size' },
    });
    expect(extractDocument([page], schema).values).toEqual({
      member: { fullName: 'Ada Quell', since: '2024-03-03' },
      newsletter: true,
      plan: 'gold',
      seats: 12,
      contact: 'desk@quell.example',
      phone: '03-555 0199',
      notThere: null,
    });
  });

  it('knows the usual facts under other names, and follows references', () => {
    const schema: JsonSchema = {
      ...object({
        vendor_name: { type: 'string' },
        totals: { $ref: '#/$defs/totals' },
        positions: { $ref: '#/$defs/rows' },
      }),
      $defs: {
        totals: object({ grandTotal: { type: 'number' }, vat: { anyOf: [{ type: 'null' }, { type: 'number' }] } }),
        rows: {
          type: 'array',
          items: object({ name: { type: 'string' }, price_total: { title: 'Line total', type: 'number' } }),
        },
      },
    };
    expect(extractDocument([layoutOf(slip)], schema).values).toEqual({
      vendor_name: 'QUELLMARK HARDWARE SDN BHD',
      totals: { grandTotal: 118.61, vat: 6.71 },
      positions: [
        { name: 'PAINT ROLLER', price_total: 25 },
        { name: 'PRIMER 5L', price_total: 86.9 },
      ],
    });
  });

  it('gives text as printed where the schema asks for that', () => {
    const printed = { type: 'string', description: 'The day as printed.' };
    expect(extractDocument([layoutOf(slip)], object({ date: printed })).values).toEqual({ date: '22-04-2026' });
  });

  it('does not give a value that the schema would not accept', () => {
    const schema = object({
      total: { type: 'integer' },
      receiptNumber: { type: 'string', pattern: '^R-' },
      totals: object({ grandTotal: { type: 'number', maximum: 100 }, vat: { type: 'number', exclusiveMinimum: 6.71 } }),
      vendorName: { type: 'string', maxLength: 8 },
    });
    const { values, fields } = extractDocument([layoutOf(slip)], schema);
    expect(values).toEqual({
      total: null,
      receiptNumber: null,
      totals: { grandTotal: null, vat: null },
      vendorName: null,
    });
    expect(fieldAt(fields, '/total')).toMatchObject({
      reason: expect.stringContaining('"118.61" stands where "total"'),
    });
  });

  it('ends on schemas without end, and on no pages at all', () => {
    const endless = object({ again: { $ref: '#' }, constructor: { type: 'string' } });
    expect(extractDocument([layoutOf(slip)], endless).values).toHaveProperty('again.again.again');
    const branching = object(Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`f${at}`, { $ref: '#' }])));
    expect(extractDocument([layoutOf(slip)], branching).fields.length).toBeLessThanOrEqual(5_000);
    expect(extractDocument([], 'invoice').values).toMatchObject({ vendor: null, lineItems: [] });
  });

  it('reads a page of thousands of words in a few seconds, however slow the machine', () => {
    const dense = layoutOf(
      Array.from({ length: 300 }, (_, row) => `${row}.00 TOTAL item 1${row} of 3,00${row} x `.repeat(3)),
    );
    const before = process.cpuUsage();
    extractDocument([dense], 'invoice');
    const { user, system } = process.cpuUsage(before);
    expect(user + system).toBeLessThan(5_000_000);
  });
});

describe('on invented documents', () => {
  it('finds nearly every sum, date and name when nothing is misread', async () => {
    let [right, all] = [0, 0];
    for (let seed = 1; seed <= 60; seed += 1) {
      const { layouts, expected } = await invented(seed, 0);
      const { values } = extractDocument(layouts, expected.kind);
      for (const [name, truth] of Object.entries(expected.values)) {
        if (name === 'lineItems') continue;
        all += 1;
        right += Number(String(values[name]).toLowerCase() === String(truth).toLowerCase());
      }
    }
    expect(right / all).toBeGreaterThan(0.97);
  });

  it('means what its confidences say when words are misread', async () => {
    let [confidence, right, all] = [0, 0, 0];
    for (let seed = 5_001; seed <= 5_080; seed += 1) {
      const { layouts, expected } = await invented(seed, (seed % 4) * 0.05);
      for (const field of judgeDocument(layouts, expected.kind).fields) {
        const truth = expected.values[field.path.slice(1)];
        if (field.value === null || truth === undefined) continue;
        const fold = (value: unknown) =>
          String(value)
            .toLowerCase()
            .replace(/[^\p{L}\p{N}]/gu, '');
        all += 1;
        confidence += field.confidence;
        right += Number(fold(field.value) === fold(truth));
      }
    }
    expect(all).toBeGreaterThan(400);
    expect(Math.abs(confidence - right) / all).toBeLessThan(0.05);
  });
});
