import type { RecognisedPage } from '@waybill/document-layout';
import { serveTasks, type TaskResult } from '@waybill/thread-pool';
import { readRaster } from '../reading/read-raster.js';
import type { LanguageData } from '../tesseract-data/language-data.js';
import type { RecogniseTask } from './recognise-task.js';
import { TesseractReader } from './tesseract-reader.js';

/** The engine's memory only grows; a thread that has read a page this large is replaced. */
const retiringPixels = 16_000_000;

let opened: { readonly names: string; readonly reader: Promise<TesseractReader> } | undefined;

let hasStarted = true;

serveTasks(
  async ({ image, languages }: RecogniseTask): Promise<TaskResult<RecognisedPage>> => {
    const result = await readRaster(image, await readerOf(languages));
    return { result, retires: image.width * image.height > retiringPixels };
  },
  // A worker that hangs while it starts ends only with the thread that started it.
  () => !hasStarted,
);

async function readerOf(languages: readonly LanguageData[]): Promise<TesseractReader> {
  const names = languages.map(({ code }) => code).join('+');
  if (opened?.names !== names) {
    const former = opened;
    opened = { names, reader: TesseractReader.open(languages) };
    await (await former?.reader)?.close();
  }
  hasStarted = false;
  const reader = await opened.reader;
  hasStarted = true;
  return reader;
}
