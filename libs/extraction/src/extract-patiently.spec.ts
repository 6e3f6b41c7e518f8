import { describe, expect, it } from '@jest/globals';
import type { JsonSchema } from '@waybill/contracts';
import { extractDocument, extractPatiently } from './extract-document.js';
import { layoutOf } from './testing/layout-of.js';

const densePage = (page: number) =>
  layoutOf(
    Array.from({ length: 40 }, (_, row) => `${page}.00 TOTAL item 1${row} of 3,00${row} x `.repeat(3)),
    page,
  );
const dense = Array.from({ length: 40 }, (_, at) => densePage(at + 1));

describe('extractPatiently', () => {
  it('finds what extractDocument finds', async () => {
    const slip = layoutOf(['TANFEN BAKERY LTD', 'Date: 03/05/2026', '1  Loaf   8.40', 'Total   8.40']);
    const { signal } = new AbortController();
    expect(await extractPatiently([slip], 'receipt', signal)).toEqual(extractDocument([slip], 'receipt'));
  });

  it('lets others have their turn while it works on many dense pages', async () => {
    const turns = { taken: 0, isOver: false };
    const takeTurn = (): void => {
      turns.taken += 1;
      if (!turns.isOver) setImmediate(takeTurn);
    };
    setImmediate(takeTurn);
    await extractPatiently(dense, 'invoice', new AbortController().signal);
    turns.isOver = true;
    expect(turns.taken).toBeGreaterThan(3);
  });

  it('ends with the reason of its signal, also in the middle of the work', async () => {
    const controller = new AbortController();
    const reason = new Error('the job was cancelled');
    setImmediate(() => controller.abort(reason));
    await expect(extractPatiently(dense, 'invoice', controller.signal)).rejects.toBe(reason);
    await expect(extractPatiently([], 'invoice', AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

describe('any schema', () => {
  const text = (title: string): JsonSchema => ({ type: 'string', title });
  const object = (properties: Record<string, JsonSchema>): JsonSchema => ({ type: 'object', properties });

  it('fills nested objects and a list of objects from a table that goes on over two pages', () => {
    const heading = 'Container          Port of loading      Gross weight';
    const first = layoutOf([
      ...['Bill of lading no: QBL-20931          Vessel: MV Halmor', 'Shipper: Tekfen Metals Ltd', '', '', ''],
      ...[heading, 'QUCU1234567        Norcop               18200', 'QUCU7654321        Solmar               17150'],
    ]);
    const second = layoutOf(
      [heading, 'QUCU1112223        Wisfen               20400', 'QUCU3332221        Wisfen               20300'],
      2,
    );
    const container = object({
      container: text('Container'),
      port: text('Port of loading'),
      weight: { type: 'integer', title: 'Gross weight' },
    });
    const schema = object({
      bill: object({ number: text('Bill of lading no'), vessel: text('Vessel') }),
      shipper: text('Shipper'),
      containers: { type: 'array', items: container },
    });
    const { values, fields } = extractDocument([first, second], schema);
    expect(values).toEqual({
      bill: { number: 'QBL-20931', vessel: 'MV Halmor' },
      shipper: 'Tekfen Metals Ltd',
      containers: [
        { container: 'QUCU1234567', port: 'Norcop', weight: 18200 },
        { container: 'QUCU7654321', port: 'Solmar', weight: 17150 },
        { container: 'QUCU1112223', port: 'Wisfen', weight: 20400 },
        { container: 'QUCU3332221', port: 'Wisfen', weight: 20300 },
      ],
    });
    expect(fields.find(({ path }) => path === '/containers/3/port')).toMatchObject({ page: 2 });
    expect(fields.every(({ boxes, value }) => value === null || boxes.length > 0)).toBe(true);
  });
});
