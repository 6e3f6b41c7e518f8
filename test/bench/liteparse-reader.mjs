/** LiteParse's package beside ours, where somebody has installed it (`npm install --no-save @llamaindex/liteparse`). */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { elapsedMs } from './bench-clock.mjs';

/** Where the system keeps language data; without any, LiteParse would fetch it. */
const dataFolder = ['/usr/share/tesseract-ocr/5/tessdata', '/usr/share/tessdata'].find((folder) => existsSync(folder));

/** A reader of files to `{ text, items, ms }`, items of the first page as `{ text, box }`; undefined where the package or the data is not installed. */
export async function openLiteparse() {
  const found = await import('@llamaindex/liteparse').catch(() => undefined);
  if (!found || dataFolder === undefined) return undefined;
  process.env.OMP_THREAD_LIMIT = '1';
  const options = { ocrLanguage: 'eng', tessdataPath: dataFolder, outputFormat: 'json', numWorkers: 1, dpi: 300 };
  const parser = new found.LiteParse({ ...options, quiet: true });
  return async (file) => {
    const startMs = elapsedMs();
    const { pages } = await parser.parse(await readFile(file));
    const text = pages.flatMap(({ textItems }) => textItems.map((item) => item.text)).join(' ');
    const items = (pages[0]?.textItems ?? [])
      .filter((item) => item.text.trim() !== '')
      .map(({ text: phrase, x, y, width, height }) => ({ text: phrase.trim(), box: [x, y, x + width, y + height] }));
    return { text, items, pages: pages.length, ms: elapsedMs() - startMs };
  };
}
