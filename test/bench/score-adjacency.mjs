/**
 * Adjacency relations of tables, as the ICDAR 2013 table competition counts them (Göbel et al., "A Methodology for
 * Evaluating Algorithms for Table Understanding in PDF Documents", DocEng 2012): each pair of neighbouring cells, to the
 * right and below, blank cells skipped, is one relation. Texts are compared by their letters and digits alone.
 */

const lettersOf = (text) =>
  String(text ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** A table as `{ cells: [{ r0, c0, r1, c1, text }] }` or `{ rows: [[text]] }`, to a count for each relation. */
function relationsOf(table) {
  const cells = (table.cells ?? cellsOfRows(table.rows)).map((cell) => ({ ...cell, key: lettersOf(cell.text) }));
  const filled = cells.filter(({ key }) => key !== '');
  const places = new Map();
  for (const cell of filled) {
    for (let row = cell.r0; row <= cell.r1; row += 1) {
      for (let column = cell.c0; column <= cell.c1; column += 1) places.set(`${row} ${column}`, cell);
    }
  }
  const lastRow = Math.max(0, ...cells.map(({ r1 }) => r1));
  const lastColumn = Math.max(0, ...cells.map(({ c1 }) => c1));
  const relations = new Map();
  for (const cell of filled) {
    const [right, below] = [new Set(), new Set()];
    for (let row = cell.r0; row <= cell.r1; row += 1) {
      right.add(firstOf(cell.c1 + 1, lastColumn, (column) => places.get(`${row} ${column}`)));
    }
    for (let column = cell.c0; column <= cell.c1; column += 1) {
      below.add(firstOf(cell.r1 + 1, lastRow, (row) => places.get(`${row} ${column}`)));
    }
    for (const other of right) if (other) count(relations, `${cell.key}\u0001${other.key}\u0001right`);
    for (const other of below) if (other) count(relations, `${cell.key}\u0001${other.key}\u0001below`);
  }
  return relations;
}

const cellsOfRows = (rows) =>
  rows.flatMap((texts, row) => texts.map((text, column) => ({ r0: row, r1: row, c0: column, c1: column, text })));

function firstOf(from, to, find) {
  for (let at = from; at <= to; at += 1) {
    const found = find(at);
    if (found) return found;
  }
  return undefined;
}

const count = (relations, key, by = 1) => relations.set(key, (relations.get(key) ?? 0) + by);
const sizeOf = (relations) => [...relations.values()].reduce((sum, value) => sum + value, 0);

/** Counts of one document; tables are matched by page, as multisets of relations. */
export function countRelations(truth, predicted) {
  const counts = { matched: 0, truth: 0, predicted: 0 };
  for (const page of new Set([...truth, ...predicted].map((table) => table.page ?? 1))) {
    const [expected, found] = [truth, predicted].map((tables) => {
      const all = new Map();
      for (const table of tables.filter((one) => (one.page ?? 1) === page)) {
        for (const [key, times] of relationsOf(table)) count(all, key, times);
      }
      return all;
    });
    for (const [key, times] of expected) counts.matched += Math.min(times, found.get(key) ?? 0);
    counts.truth += sizeOf(expected);
    counts.predicted += sizeOf(found);
  }
  return counts;
}

/** Precision, recall and F1 over the counts of many documents; `macroF1` is the mean of theirs. */
export function scoreRelations(documents) {
  const sum = (name) => documents.reduce((total, counts) => total + counts[name], 0);
  const [matched, truth, predicted] = ['matched', 'truth', 'predicted'].map(sum);
  const f1s = documents.map(f1Of);
  return {
    files: documents.length,
    precision: predicted === 0 ? 0 : matched / predicted,
    recall: truth === 0 ? 0 : matched / truth,
    f1: f1Of({ matched, truth, predicted }),
    macroF1: f1s.reduce((total, f1) => total + f1, 0) / Math.max(1, f1s.length),
  };
}

export const f1Of = ({ matched, truth, predicted }) =>
  truth + predicted === 0 ? 1 : (2 * matched) / (truth + predicted);
