/** Labelled documents, decoded and read as the ocr service does, for teaching and measuring the classifier. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openReader } from '../document-reader.mjs';

/** The lines of gt.jsonl in a folder of labelled documents. */
export async function readTruths(folder) {
  const lines = (await readFile(join(folder, 'gt.jsonl'), 'utf8')).split('\n').filter((line) => line.trim());
  return lines.map((line) => JSON.parse(line));
}

/**
 * Opens labelled documents: `read(truth, reads)` gives `{ mediaType, pages: [{ look, area, layout, decodeMs }] }`, area
 * in the page's own unit squared. `reads` is `nothing`, `own text` (no engine is asked) or `everything`; a page on which
 * nothing was read has no layout. Of a PDF, up to `mostPages`. What was read is kept in
 * `keptIn`.
 */
export async function openCorpus({ folder, keptIn, mostPages = 12 }) {
  const reader = await openReader({ keptIn });
  return {
    engine: reader.engine,
    async read(truth, reads) {
      const { mediaType, pages } = await reader.openPages(await readFile(join(folder, truth.file)), mostPages);
      const read = [];
      for (const page of pages) read.push({ ...seen(page), layout: await layoutOf(page, reads) });
      return { mediaType, pages: read };
    },
    close: () => reader.close(),
  };
}

const seen = ({ decoded: { look, width, height }, decodeMs }) => ({ look, area: width * height, decodeMs });

function layoutOf(page, reads) {
  if (reads === 'nothing') return undefined;
  return reads === 'own text' ? page.readOwnText() : page.readAll();
}
