import { describe, expect, it } from '@jest/globals';
import type { PageLayout } from '@waybill/contracts';
import { layOutPage } from './lay-out-page.js';
import { renderHtml } from './render-html.js';
import { renderText } from './render-text.js';
import type { DrawnSquare } from './page-reading.js';
import { type DrawnText, drawReading, turnReading } from './testing/draw-reading.js';

const square = (x: number, y: number, ink: DrawnSquare['ink'] = 'empty'): DrawnSquare => ({
  box: [x, y, x + 10, y + 10],
  ink,
});
const boxesOf = ({ checkBoxes }: PageLayout): string[] =>
  (checkBoxes ?? []).map(({ state, label }) => `${state} ${label?.text ?? '–'}`);
const lay = (texts: readonly DrawnText[], squares: DrawnSquare[] = []): PageLayout =>
  layOutPage(drawReading(texts, { squares }));

describe('boxes that are written', () => {
  it.each([
    ['☐ Yes ☑ No, never ☒ Perhaps', ['unchecked Yes', 'checked No, never', 'checked Perhaps']],
    ['[x] Paid [ ] Open [X] Sent', ['checked Paid', 'unchecked Open', 'checked Sent']],
    ['[] Cash ☐Card ☑Voucher of ours', ['unchecked Cash', 'unchecked Card', 'checked Voucher of ours']],
    ['Newsletter ☐', ['unchecked Newsletter']],
    ['see [1] and [xy] for more [z]', []],
  ])('%s', (text, expected) => {
    expect(boxesOf(lay([{ x: 50, y: 50, text }]))).toEqual(expected);
  });

  it('stand as one sign each in what is rendered', () => {
    expect(renderText([lay([{ x: 50, y: 50, text: '[x] Paid [ ] Open' }])])).toBe('☑ Paid ☐ Open\n');
  });
});

describe('boxes that are drawn', () => {
  const texts = [
    { x: 50, y: 50, text: 'Sex' },
    { x: 120, y: 50, text: 'female' },
    { x: 200, y: 50, text: 'male' },
    { x: 50, y: 80, text: 'I agree to the terms' },
  ];
  const layout = lay(texts, [square(105, 50, 'marked'), square(185, 50), square(160, 80)]);

  it('have the text beside them as labels, up to the next box', () => {
    expect(boxesOf(layout)).toEqual(['checked female', 'unchecked male', 'unchecked I agree to the terms']);
  });

  it('show in what is rendered', () => {
    expect(renderText([layout])).toContain('Sex ☑ female ☐ male');
    expect(renderHtml([layout])).toContain('☐ I agree to the terms');
  });

  it('take the letter that stands in them as their cross', () => {
    const crossed = lay([...texts, { x: 107, y: 50, text: 'X' }], [square(105, 50, 'marked')]);
    expect(boxesOf(crossed)).toEqual(['checked female']);
    expect(crossed.checkBoxes?.[0]?.words.map((id) => crossed.words[id]?.text)).toEqual(['X']);
  });

  it('are none around text, far from any line, or much larger than it', () => {
    const around: DrawnSquare = { box: [48, 45, 68, 65], ink: 'marked' };
    expect(boxesOf(lay(texts, [around, square(400, 500), { box: [90, 30, 190, 130], ink: 'empty' }]))).toEqual([]);
  });

  it('stay with their page when it is turned', () => {
    const reading = drawReading(texts, { squares: [square(105, 50, 'marked'), square(185, 50)] });
    expect(boxesOf(layOutPage(turnReading(reading)))).toEqual(boxesOf(layOutPage(reading)));
  });
});

it('takes a letter inside a word for no box', () => {
  expect(boxesOf(lay([{ x: 50, y: 50, text: 'ODDLY shaped' }], [square(55, 50, 'marked')]))).toEqual([]);
});
