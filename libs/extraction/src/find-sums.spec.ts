import { describe, expect, it } from '@jest/globals';
import { extractDocument } from './extract-document.js';
import { layoutOf } from './testing/layout-of.js';

const head = ['TANFEN BAKERY LTD', '14 Mill Lane', 'Date: 03/05/2026'];
const slip = (...rows: string[]) => extractDocument([layoutOf([...head, ...rows])], 'receipt');
const totalOf = (...rows: string[]) => slip(...rows).values['total'];

describe('the total of a slip', () => {
  it('is what is paid after rounding, not what it was before', () => {
    expect(totalOf('1  Loaf         28.31', 'Total        28.31', 'Rounding     -0.01', 'Total due    28.30')).toBe(
      28.3,
    );
  });

  it('is the amount that cash and change lead to, also where their labels were misread', () => {
    const rows = [
      'Set    43.90',
      'SUBT0TEL  43.90',
      'Total (Excl. GST)  41.42',
      'x  2.48',
      'CASH  100.00',
      'CAHE  56.10',
    ];
    expect(totalOf(...rows)).toBe(43.9);
  });

  it('is worked out from net and tax where its own amount was not read', () => {
    const rows = ['1  Soup   51.42', 'Total (Excl. tax)   51.42', 'Total tax    3.08', 'Total (Incl. tax)   5'];
    expect(totalOf(...rows)).toBe(54.5);
  });

  it('is mended where one digit disagrees with both the cash and the sum of net and tax', () => {
    const { values, fields } = slip(
      ...[
        '1  Kettle   50.00',
        'Subtotal    50.00',
        'VAT 20%     10.00',
        'Total     68.00',
        'Cash      70.00',
        'Change    10.00',
      ],
    );
    expect(values['total']).toBe(60);
    expect(fields.find(({ path }) => path === '/total')?.boxes.length).toBeGreaterThan(1);
  });

  it('includes the charge for service', () => {
    const rows = ['1  Curry   62.50', 'Subtotal   62.50', '10% Service charge   6.25', 'Total   68.75'];
    expect(slip(...rows).values).toMatchObject({ subtotal: 62.5, total: 68.75 });
  });

  it('is surer when the sums agree than when it stands alone', () => {
    const sureness = (...rows: string[]) => slip(...rows).fields.find(({ path }) => path === '/total')?.confidence ?? 0;
    const alone = sureness('1  Loaf   7.00', 'Total   8.40');
    const agreed = sureness(
      '1  Loaf   7.00',
      'Subtotal   7.00',
      'VAT 20%   1.40',
      'Total   8.40',
      'Cash   10.00',
      'Change   1.60',
    );
    expect(agreed).toBeGreaterThan(alone);
    expect(agreed).toBeGreaterThan(0.9);
  });

  it('is not called sure where it is named before and after rounding: either may be asked for', () => {
    const surenessOf = (...rows: string[]) => slip(...rows).fields.find(({ path }) => path === '/total')?.confidence;
    const paid = ['Cash   50.00', 'Change   21.70'];
    expect(surenessOf('1  Loaf  28.30', 'Total   28.30', ...paid)).toBeGreaterThanOrEqual(0.9);
    expect(surenessOf('1  Loaf  28.31', 'Total   28.31', 'Rounding  -0.01', 'Total due  28.30', ...paid)).toBeLessThan(
      0.9,
    );
  });
});
