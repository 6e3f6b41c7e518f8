import type { Block, Box, Figure, Line, PageLayout, Table } from '@waybill/contracts';
import { countHeadRows } from './count-head-rows.js';
import type { CheckBoxDraft } from './find-check-boxes.js';
import type { PhraseDraft, RowPair } from './row-pair.js';
import type { BlockDraft } from './gather-blocks.js';
import { segmentText } from './gather-segments.js';
import type { BlockName } from './name-blocks.js';
import type { PageReading } from './page-reading.js';
import { cellExtent, type TableGrid } from './table-grid.js';
import { normalisedBox, type PlacedPicture, type PlacedWord, type UprightPage } from './upright-page.js';

/** What was found on a page, by reference to its words; blocks stand in reading order. */
export interface PageStructure {
  readonly blocks: readonly BlockDraft[];
  readonly names: readonly BlockName[];
  readonly pairs: readonly RowPair[];
  readonly checkBoxes: readonly CheckBoxDraft[];
  readonly figures: readonly PlacedPicture[];
}

/** Numbers words in reading order and writes everything with boxes of the displayed page. */
export function writeLayout(reading: PageReading, page: UprightPage, structure: PageStructure): PageLayout {
  const { blocks, names, pairs } = structure;
  const rows = blocks.flatMap((block) => block.rows);
  const order = rows.flatMap((row) => row.segments.flatMap((segment) => segment.words));
  const ids = new Map(order.map((word, id) => [word.index, id]));
  const words = order.map(({ index }) => wordAt(reading, index));

  const idsOf = (members: readonly PlacedWord[]): number[] => members.map(({ index }) => ids.get(index) ?? 0);
  const boxOf = (members: readonly number[]): Box => unionOf(members.map((id) => words[id]?.box));
  const confidenceOf = (members: readonly number[]): number => mean(members.map((id) => words[id]?.confidence ?? 0));
  const phraseOf = ({ text, words: members }: PhraseDraft) => ({
    text,
    box: boxOf(idsOf(members)),
    words: idsOf(members),
  });

  const lines: Line[] = rows.map((row) => {
    const members = idsOf(row.segments.flatMap((segment) => segment.words));
    const text = row.segments.map(segmentText).join(' ');
    return { text, box: boxOf(members), confidence: confidenceOf(members), words: members };
  });
  const tables: Table[] = [];
  const tableOf = (grid: TableGrid): number => {
    const inside = idsOf(grid.cells.flatMap((cell) => cell.words));
    const confidence = grid.certainty * confidenceOf(inside);
    const cells = grid.cells.map((cell) => {
      const members = idsOf(cell.words);
      const { row, column, rowSpan, columnSpan } = cell;
      const box = unionOf([page.toDisplayed(cellExtent(grid, cell)), ...members.map((id) => words[id]?.box)]);
      const sure = members.length === 0 ? confidence : confidenceOf(members);
      return { row, column, rowSpan, columnSpan, text: textOf(cell.words), box, confidence: sure, words: members };
    });
    return (
      tables.push({
        box: unionOf(cells.map(({ box }) => box)),
        confidence,
        rows: grid.rows,
        columns: grid.columns,
        headRows: countHeadRows(grid),
        grid: grid.isDrawn ? 'drawn' : 'gaps',
        cells,
      }) - 1
    );
  };

  const figures: Figure[] = structure.figures.map((figure) => ({
    kind: figure.kind,
    box: page.toDisplayed(figure),
    confidence: Math.max(0, Math.min(1, figure.certainty)),
  }));
  let nextLine = 0;
  const written = blocks.map((block, at): Block => {
    const members = block.rows.map(() => nextLine++);
    const table = block.grid ? tableOf(block.grid) : undefined;
    const inside = members.flatMap((line) => lines[line]?.words ?? []);
    const whole = block.extent ? figures[block.figure ?? 0] : table === undefined ? undefined : tables[table];
    return {
      kind: 'paragraph',
      ...names[at],
      box: unionOf([...members.map((line) => lines[line]?.box), whole?.box]),
      confidence: whole?.confidence ?? confidenceOf(inside),
      lines: members,
      ...(table === undefined ? {} : { table }),
      ...(block.figure === undefined ? {} : { figure: block.figure }),
    };
  });
  const { words: _raw, rules: _rules, squares: _squares, pictures: _pictures, ...facts } = reading;
  return {
    version: 1,
    ...facts,
    words,
    lines,
    blocks: written,
    tables,
    keyValues: pairs.map(({ key, value, certainty }) => ({
      key: phraseOf(key),
      value: phraseOf(value),
      confidence: certainty * confidenceOf(idsOf([...key.words, ...value.words])),
    })),
    checkBoxes: structure.checkBoxes.map((box) => {
      const members = idsOf([...box.words, ...(box.label?.words ?? [])]);
      return {
        state: box.state,
        box: page.toDisplayed(box),
        words: idsOf(box.words),
        ...(box.label ? { label: phraseOf(box.label) } : {}),
        confidence: box.certainty * (members.length === 0 ? 1 : confidenceOf(members)),
      };
    }),
    figures,
  };
}

function wordAt(reading: PageReading, index: number): PageLayout['words'][number] {
  const raw = reading.words[index];
  const confidence = Number.isFinite(raw?.confidence) ? Math.min(1, Math.max(0, raw?.confidence ?? 0)) : 0;
  return { text: raw?.text ?? '', box: normalisedBox(raw?.box ?? [0, 0, 0, 0], reading), confidence };
}

const textOf = (words: readonly PlacedWord[]): string => words.map(({ text }) => text).join(' ');

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function unionOf(boxes: readonly (Box | undefined)[]): Box {
  const known = boxes.filter((box) => box !== undefined);
  const [first] = known;
  if (!first) return [0, 0, 0, 0];
  return known.reduce<Box>(
    (all, box) => [
      Math.min(all[0], box[0]),
      Math.min(all[1], box[1]),
      Math.max(all[2], box[2]),
      Math.max(all[3], box[3]),
    ],
    first,
  );
}
