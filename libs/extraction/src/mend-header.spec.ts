import { describe, expect, it } from '@jest/globals';
import type { JsonSchema } from '@waybill/contracts';
import { extractDocument } from './extract-document.js';
import { layoutOf } from './testing/layout-of.js';

/** Lines centred below each other; what stands in braces was printed, but not read. */
const centred = (lines: readonly string[]): string[] =>
  lines.map((line) => {
    const printed = line.replace(/[{}]/g, '');
    const read = line.replace(/\{[^}]*\}/g, (lost) => ' '.repeat(lost.length - 2));
    return ' '.repeat(Math.round((50 - printed.length) / 2)) + read;
  });
const header = (name: string, street: string) =>
  centred([name, '(990017-X)', street, '43999 BANDAR RIMBA, SELANGOR', 'TEL: 03-5550 1182', 'TAX INVOICE']);
const extract = (lines: readonly string[]) =>
  extractDocument([layoutOf([...lines, 'DATE: 22-04-2026', '1 PRIMER   86.90', 'TOTAL   86.90'])], 'receipt');
const sureness = (lines: readonly string[], path: string) =>
  extract(lines).fields.find((field) => field.path === path)?.confidence ?? 0;

describe('the head of a slip', () => {
  it('mends a legal form and the words of an address that were misread', () => {
    const { values } = extract(header('QUELLMARK HARDWARE SUN 8HD', 'NO. 18, JALAN RIMBA 2/5,'));
    expect(values).toMatchObject({ merchant: 'QUELLMARK HARDWARE SDN BHD' });
  });

  it('mends what follows the first half of a legal form, and leaves other words alone', () => {
    const merchantOf = (name: string) => extract(header(name, 'NO. 18, JALAN RIMBA 2/5,')).values['merchant'];
    expect(merchantOf('QUELLMARK HARDWARE SDN BITD')).toBe('QUELLMARK HARDWARE SDN BHD');
    expect(merchantOf('QUELLMARK HARDWARE SDN BUD')).toBe('QUELLMARK HARDWARE SDN BHD');
    expect(merchantOf('QUELLMARK SUN BED ENTERPRISE')).toBe('QUELLMARK SUN BED ENTERPRISE');
  });

  it('is as sure of a name whose legal form was put right, and not of one whose own word was read badly', () => {
    const sure = (form: string, badly: string) => {
      const page = layoutOf([...header(`QUELLMARK HARDWARE ${form}`, 'NO. 18, JALAN RIMBA 2/5,'), 'TOTAL   86.90']);
      const words = page.words.map((word) => (word.text === badly ? { ...word, confidence: 0.5 } : word));
      const { fields } = extractDocument([{ ...page, words }], 'receipt');
      return fields.find(({ path }) => path === '/merchant')!.confidence;
    };
    expect(sure('SDN BITD', 'BITD')).toBeGreaterThan(0.9);
    expect(sure('SDN BITD', 'QUELLMARK')).toBeLessThan(0.9);
  });

  it('puts a misread public form right at the end of a name', () => {
    const merchantOf = (name: string) => extract(header(name, 'NO. 18, JALAN RIMBA 2/5,')).values['merchant'];
    expect(merchantOf('Quellmark Bakery ple')).toBe('Quellmark Bakery plc');
    expect(merchantOf('Quellmark Bakery Pie')).toBe('Quellmark Bakery Pie');
  });

  it('does not call a name sure that has nothing but words of many names: its own was lost', () => {
    expect(sureness(header('QUELLMARK HARDWARE SDN BHD', 'NO. 18, JALAN RIMBA 2/5,'), '/merchant')).toBeGreaterThan(
      sureness(header('HARDWARE SDN BHD', 'NO. 18, JALAN RIMBA 2/5,'), '/merchant'),
    );
    expect(sureness(header('HARDWARE SDN BHD', 'NO. 18, JALAN RIMBA 2/5,'), '/merchant')).toBeLessThan(0.9);
  });

  it('takes a word of the name from where the page has it more often', () => {
    const lines = [
      ...header('QUELMARX HARDWARE', 'NO. 18, JALAN RIMBA 2/5,'),
      'QUELMARK REWARDS',
      'THANK YOU FROM QUELMARK',
    ];
    expect(extract(lines).values).toMatchObject({ merchant: 'QUELMARK HARDWARE' });
  });

  it('doubts a centred line that stands off the middle, because a word of it was lost', () => {
    const whole = header('QUELLMARK HARDWARE SDN BHD', 'NO. 18, JALAN RIMBA 2/5,');
    const cut = header('QUELLMARK HARDWARE SDN BHD', '{NO. 18,} JALAN RIMBA 2/5,');
    expect(sureness(cut, '/address')).toBeLessThan(sureness(whole, '/address') - 0.2);
  });

  it('joins a name over the hole that a lost word has left, where both halves are centred only together', () => {
    const lines = header('QUELLMARK {GRAND} HARDWARE SDN BHD', 'NO. 18, JALAN RIMBA 2/5,');
    expect(extract(lines).values).toMatchObject({ merchant: 'QUELLMARK HARDWARE SDN BHD' });
  });

  it('does not take a date for a house number and a street', () => {
    const { values } = extract([
      'QUELLMARK HARDWARE SDN BHD',
      '14 Mar 2026',
      '12, JALAN RIMBA 2/5,',
      '43999 BANDAR RIMBA, SELANGOR',
    ]);
    expect(values).toMatchObject({ address: '12, JALAN RIMBA 2/5, 43999 BANDAR RIMBA, SELANGOR' });
  });

  it('leaves out the label before a name', () => {
    const page = layoutOf(['Sold by: Tanfen Bakery Ltd', '14 Mill Lane', 'Total   8.40']);
    expect(extractDocument([page], 'receipt').values).toMatchObject({ merchant: 'Tanfen Bakery Ltd' });
  });

  it('gives capitals to a client who asks for them', () => {
    const company: JsonSchema = { type: 'string', description: 'The name of the shop, in capital letters.' };
    const page = layoutOf(['Tanfen Bakery Ltd', '14 Mill Lane', 'Total   8.40']);
    expect(extractDocument([page], { type: 'object', properties: { company } }).values).toEqual({
      company: 'TANFEN BAKERY LTD',
    });
  });

  it('doubts an address that breaks off, and one whose postcode is of another state', () => {
    const sure = (town: string) => {
      const lines = centred(['QUELLMARK HARDWARE SDN BHD', 'NO. 18, JALAN RIMBA 2/5,', town, 'TEL: 03-5550 1182']);
      return sureness([...lines, 'TAX INVOICE'], '/address');
    };
    const whole = sure('43999 BANDAR RIMBA, SELANGOR');
    expect(sure('40300 SHAH ALAM,')).toBeLessThan(whole - 0.1);
    expect(sure('43999 BANDAR RIMBA, SELANGOR,')).toBe(whole);
    expect(sure('43999 BANDAR RIMBA, JOHOR')).toBeLessThan(0.9);
    expect(whole).toBeGreaterThan(0.9);
  });
});
