import type { PageReading, RawWord, RuleLine } from '../page-reading.js';

/** Text drawn from `x` with its top at `y`; letters are half as wide as the size, spaces 0.28 of it. */
export interface DrawnText {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size?: number;
}

export const textWidth = (text: string, size = 10): number =>
  text.split(' ').reduce((sum, word) => sum + word.length * 0.5 * size + 0.28 * size, -0.28 * size);

/** A reading of a drawn page, 600 by 800 points unless told otherwise. */
export function drawReading(texts: readonly DrawnText[], more: Partial<PageReading> = {}): PageReading {
  return {
    document: 0,
    page: 1,
    width: 600,
    height: 800,
    unit: 'pt',
    dpi: null,
    rotation: 0,
    skewDegrees: 0,
    source: 'text-layer',
    engine: { name: 'drawn', version: '1' },
    languages: ['eng'],
    words: texts.flatMap(drawWords),
    remarks: [],
    ...more,
  };
}

function drawWords({ x, y, text, size = 10 }: DrawnText): RawWord[] {
  let at = x;
  return text.split(' ').map((word) => {
    const x0 = at;
    at += word.length * 0.5 * size;
    const box: RawWord['box'] = [x0, y, at, y + size];
    at += 0.28 * size;
    return { text: word, box, confidence: 0.9 };
  });
}

/** The same page lying on the displayed page: turned by 90 degrees against the clock, `rotation` says how to undo it. */
export function turnReading(reading: PageReading): PageReading {
  const turned = ([x0, y0, x1, y1]: RawWord['box']): RawWord['box'] => [y0, reading.width - x1, y1, reading.width - x0];
  const turnRule = ({ x0, y0, x1, y1 }: RuleLine): RuleLine => ({
    x0: y0,
    y0: reading.width - x0,
    x1: y1,
    y1: reading.width - x1,
  });
  const turnAll = <Thing extends { box: RawWord['box'] }>(things: Thing[] | undefined): Thing[] =>
    (things ?? []).map((thing) => ({ ...thing, box: turned(thing.box) }));
  return {
    ...reading,
    width: reading.height,
    height: reading.width,
    rotation: ((reading.rotation + 90) % 360) as PageReading['rotation'],
    words: reading.words.map((word) => ({ ...word, box: turned(word.box) })),
    squares: turnAll(reading.squares),
    pictures: turnAll(reading.pictures),
    ...(reading.rules ? { rules: reading.rules.map(turnRule) } : {}),
  };
}
