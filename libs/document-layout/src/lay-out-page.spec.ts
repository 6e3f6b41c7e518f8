import { describe, expect, it } from '@jest/globals';
import { pageLayoutSchema } from '@waybill/contracts';
import { layOutPage } from './lay-out-page.js';
import { type DrawnText, drawReading, textWidth } from './testing/draw-reading.js';

const rightAligned = (right: number, y: number, text: string): DrawnText => ({ x: right - textWidth(text), y, text });
const shuffled = <Thing>(things: readonly Thing[]): Thing[] =>
  things.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
const linesOf = (texts: readonly DrawnText[]): string[] =>
  layOutPage(drawReading(shuffled(texts))).lines.map(({ text }) => text);

describe('a receipt', () => {
  const items = [
    ['Coffee beans 1kg', '14.50'],
    ['Milk', '2.10'],
    ['Rye bread', '4.05'],
  ] as const;
  const texts: DrawnText[] = [
    { x: 90, y: 20, text: 'CORNER SHOP', size: 16 },
    { x: 80, y: 50, text: '12 Harbour Street' },
    { x: 20, y: 80, text: 'Date: 03/05/2026' },
    ...items.flatMap(([name, price], at) => [
      { x: 20, y: 110 + 14 * at, text: name },
      rightAligned(280, 110 + 14 * at, price),
    ]),
    { x: 20, y: 170, text: 'TOTAL' },
    rightAligned(280, 170, '20.65'),
  ];
  const layout = layOutPage(drawReading(shuffled(texts), { width: 300, height: 220 }));

  it('keeps a description and its price on one line', () => {
    expect(layout.lines.map(({ text }) => text)).toEqual([
      'CORNER SHOP',
      '12 Harbour Street',
      'Date: 03/05/2026',
      'Coffee beans 1kg 14.50',
      'Milk 2.10',
      'Rye bread 4.05',
      'TOTAL 20.65',
    ]);
  });

  it('pairs labels with values', () => {
    const pairs = layout.keyValues.map(({ key, value }) => [key.text, value.text]);
    expect(pairs).toContainEqual(['Date', '03/05/2026']);
    expect(pairs).toContainEqual(['TOTAL', '20.65']);
  });

  it('takes the large name as a heading', () => {
    expect(layout.blocks[0]).toMatchObject({ kind: 'heading', lines: [0] });
  });

  it('fulfils its contract, with boxes of the words it names', () => {
    expect(pageLayoutSchema.parse(layout)).toEqual(layout);
    const total = layout.keyValues.find(({ key }) => key.text === 'TOTAL');
    expect(total?.value.words.map((id) => layout.words[id]?.text)).toEqual(['20.65']);
    expect(total?.value.box).toEqual(layout.words.find(({ text }) => text === '20.65')?.box);
  });
});

describe('two columns', () => {
  const sentence = 'some words of running text here';
  const column = (x: number, top: number, name: string, count: number): DrawnText[] =>
    Array.from({ length: count }, (_, at) => ({ x, y: top + 13 * at, text: `${name}${at} ${sentence}` }));
  const texts: DrawnText[] = [
    { x: 150, y: 40, text: 'A title over both columns of it', size: 18 },
    ...column(60, 100, 'left', 12),
    ...column(320, 103, 'right', 10),
    {
      x: 60,
      y: 300,
      text: 'and after the columns one last line that goes from one side of the page to the other, all of it',
    },
  ];

  it('are read one after the other, between what stands above and below', () => {
    expect(linesOf(texts)).toEqual([
      'A title over both columns of it',
      ...Array.from({ length: 12 }, (_, at) => `left${at} ${sentence}`),
      ...Array.from({ length: 10 }, (_, at) => `right${at} ${sentence}`),
      'and after the columns one last line that goes from one side of the page to the other, all of it',
    ]);
  });

  it('are read so on a slightly slanted page that nobody reported', () => {
    const upright = drawReading(texts);
    const words = upright.words.map((word) => {
      const [x0, y0, x1, y1] = word.box;
      return { ...word, box: [x0, y0 + 0.03 * x0, x1, y1 + 0.03 * x0] as typeof word.box };
    });
    const lines = (reading: typeof upright): string[] => layOutPage(reading).lines.map(({ text }) => text);
    expect(lines({ ...upright, words })).toEqual(lines(upright));
  });
});

describe('an invoice', () => {
  const rows = [
    ['Item', 'Quantity', 'Unit price', 'Amount'],
    ['Steel bracket', '4', '12.00', '48.00'],
    ['Wall anchor, long', '100', '0.15', '15.00'],
    ['Delivery', '1', '9.90', '9.90'],
    ['Rubber seal', '', '', '3.00'],
  ];
  const rights = [0, 330, 430, 530];
  const texts: DrawnText[] = [
    { x: 60, y: 60, text: 'Invoice', size: 20 },
    { x: 60, y: 100, text: 'Invoice number: RE-2026-118' },
    ...rows.flatMap((cells, row) =>
      cells.flatMap((text, column) => {
        if (text === '') return [];
        const y = 200 + 16 * row;
        return column === 0 ? { x: 60, y, text } : rightAligned(rights[column] ?? 0, y, text);
      }),
    ),
    { x: 60, y: 330, text: 'Thank you for your order and please pay within thirty days of the date above.' },
  ];
  const layout = layOutPage(drawReading(shuffled(texts)));

  it('has its items in a table', () => {
    const [table] = layout.tables;
    expect(table).toMatchObject({ rows: 5, columns: 4 });
    const read = rows.map((_, row) => table?.cells.filter((cell) => cell.row === row).map(({ text }) => text));
    expect(read).toEqual(rows);
  });

  it('has blocks by what they are', () => {
    expect(layout.blocks.map(({ kind }) => kind)).toEqual(['heading', 'key-value', 'table', 'paragraph']);
  });
});

describe('a form', () => {
  const layout = layOutPage(
    drawReading([
      { x: 50, y: 50, text: 'Name:' },
      { x: 150, y: 50, text: 'Ada Moreau' },
      { x: 50, y: 90, text: 'Date: 12 May 2026 Room: 14:30' },
      { x: 50, y: 130, text: 'Address:' },
      { x: 50, y: 143, text: '7 Mill Lane' },
      { x: 50, y: 190, text: 'Order no' },
      { x: 200, y: 190, text: 'Customer' },
      { x: 50, y: 203, text: '55-1023' },
      { x: 200, y: 203, text: 'K 7781' },
    ]),
  );

  it.each([
    ['to the right', 'Name', 'Ada Moreau'],
    ['behind the colon', 'Date', '12 May 2026'],
    ['behind a second colon, the time left whole', 'Room', '14:30'],
    ['below a label with a colon', 'Address', '7 Mill Lane'],
    ['below a row of labels', 'Order no', '55-1023'],
    ['below a row of labels, in its column', 'Customer', 'K 7781'],
  ])('finds values %s', (_where, key, value) => {
    expect(layout.keyValues.map((pair) => [pair.key.text, pair.value.text])).toContainEqual([key, value]);
  });
});

describe('a full page', () => {
  const body = Array.from({ length: 30 }, (_, at) => ({
    x: 60,
    y: 120 + 14 * at,
    text: `line ${at} of a body of running text that is long enough to fill the page from left to right`,
  }));
  const layout = layOutPage(
    drawReading([
      { x: 250, y: 30, text: 'Running head' },
      ...body,
      { x: 60, y: 600, text: '• a first point' },
      { x: 60, y: 616, text: '• a second point' },
      { x: 290, y: 770, text: '17' },
    ]),
  );

  it('has a header, a footer, paragraphs and list items', () => {
    expect(layout.blocks.map(({ kind }) => kind)).toEqual(['header', 'paragraph', 'list-item', 'list-item', 'footer']);
  });

  it('keeps a superscript on the line it belongs to', () => {
    const raised = drawReading([
      { x: 60, y: 100, text: 'as noted before' },
      { x: 60, y: 114, text: 'and again' },
    ]);
    const words = [
      ...raised.words,
      { text: '1', box: [135, 97, 138, 103] as [number, number, number, number], confidence: 1 },
    ];
    expect(layOutPage({ ...raised, words }).lines.map(({ text }) => text)).toEqual(['as noted before 1', 'and again']);
  });
});

it('lays out an empty page', () => {
  const layout = layOutPage(drawReading([], { source: 'none' }));
  expect(pageLayoutSchema.parse(layout)).toMatchObject({ words: [], lines: [], blocks: [], tables: [], keyValues: [] });
});

describe('a value that goes on', () => {
  const valuesOf = (texts: readonly DrawnText[]) =>
    new Map(layOutPage(drawReading(texts)).keyValues.map(({ key, value }) => [key.text, value.text]));
  const label = { x: 20, y: 100, text: 'Remarks: the goods were left' };
  const start = 20 + textWidth('Remarks: ');

  it('takes the lines that begin below its own beginning, up to the next label', () => {
    const values = valuesOf([
      label,
      { x: start, y: 112, text: 'with a neighbour until noon' },
      { x: 20, y: 124, text: 'Signed: Ada Stone' },
    ]);
    expect(values.get('Remarks')).toBe('the goods were left with a neighbour until noon');
    expect(values.get('Signed')).toBe('Ada Stone');
  });

  it('leaves lines that stand further below, or begin elsewhere', () => {
    expect(valuesOf([label, { x: start, y: 160, text: 'with a neighbour' }]).get('Remarks')).toBe(
      'the goods were left',
    );
    expect(valuesOf([label, { x: start + 60, y: 112, text: 'with a neighbour' }]).get('Remarks')).toBe(
      'the goods were left',
    );
  });
});
