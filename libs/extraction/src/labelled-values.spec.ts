import { describe, expect, it } from '@jest/globals';
import { extractDocument } from './extract-document.js';
import { layoutOf } from './testing/layout-of.js';

const form = [
  'COUPON FORM',
  'FROM:                 R. Quellmark',
  '-  Media Type         On the carton',
  '-  Media Name         N/A',
  '1. Issue Date         October',
  '-  Coupon Value       two and a half',
  'Break out separately by packing as is said',
];
const extract = (lines: readonly string[]) => extractDocument([layoutOf(lines)], undefined);

describe('labelled values of a form', () => {
  it('takes rows that are set alike for labels and values, behind the key-values of the layout', () => {
    expect(extract(form).values).toEqual({
      FROM: 'R. Quellmark',
      'Media Type': 'On the carton',
      'Media Name': 'N/A',
      'Issue Date': 'October',
      'Coupon Value': 'two and a half',
    });
  });

  it('is less sure of them than of labels with a colon, and names their words', () => {
    const { fields } = extract(form);
    const [named, stacked] = ['/FROM', '/Media Type'].map((path) => fields.find((field) => field.path === path));
    expect(stacked!.confidence).toBeLessThan(named!.confidence);
    expect(stacked!.words).toHaveLength(3);
  });

  it('takes two rows for chance, and rows of three stretches for a table', () => {
    expect(extract(form.filter((line) => !/Name|Date/.test(line))).values).toEqual({ FROM: 'R. Quellmark' });
    const table = form.map((line) => (line.includes('-') ? `${line.padEnd(44)}all` : line));
    expect(extract(table).values).not.toHaveProperty('Media Type', 'On the carton');
  });
});
