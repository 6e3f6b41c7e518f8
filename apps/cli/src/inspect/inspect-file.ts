import type { Task } from '@waybill/contracts';
import { nameDocument, rateTask } from '@waybill/classification';
import { extractPatiently } from '@waybill/extraction';
import type { FoundDocument } from '../submission/find-documents.js';
import { Lanes } from '../submission/lanes.js';
import type { InspectedDocument, InspectedFile, InspectedPage, PagePlace, ReadPage } from './inspection.js';
import { openDocuments, type FoundPages, type OpeningHelp } from './open-documents.js';
import type { PageInspector, ReadingWay } from './page-inspector.js';

/** What is to be done with a file, and who is told about it meanwhile. */
export interface FileWish extends OpeningHelp {
  readonly task: Task;
  readonly way: ReadingWay;
  /** A page has ended; `total` pages are in the file. */
  readonly told: (page: InspectedPage, total: number) => void;
}

/** Reads all pages of a file and answers the task by the free rules. Rejects with the reason of the signal when it aborts. */
export async function inspectFile(
  inspector: PageInspector,
  { path, name }: FoundDocument,
  wish: FileWish,
): Promise<InspectedFile> {
  const started = performance.now();
  const found = await openDocuments(path, name, wish);
  const pages = await readPages(inspector, found, wish);
  const documents: InspectedDocument[] = [];
  for (const [index, document] of found.entries()) documents.push(await answer(document, pages[index] ?? [], wish));
  return { path, name, documents, durationMs: performance.now() - started };
}

/** The pages of each document, in order; as many at once as the inspector can read. */
async function readPages(
  inspector: PageInspector,
  found: readonly FoundPages[],
  { way, told }: FileWish,
): Promise<InspectedPage[][]> {
  const lanes = new Lanes(inspector.width);
  const total = found.reduce((sum, { pages }) => sum + pages, 0);
  const read: InspectedPage[][] = found.map(() => []);
  let number = 0;
  let broken: { readonly reason: unknown } | undefined;
  for (const [index, { source, pages }] of found.entries()) {
    for (let page = 1; source && page <= pages; page += 1) {
      const place: PagePlace = { number: (number += 1), page };
      lanes.add(async () => {
        if (broken) return;
        try {
          const ended = await inspector.inspect(source, place, way);
          (read[index] ??= [])[page - 1] = ended;
          told(ended, total);
        } catch (reason) {
          broken ??= { reason };
        }
      });
    }
  }
  await lanes.idle();
  if (broken) throw broken.reason;
  return read;
}

async function answer(
  { name, mediaType, sizeBytes, failure }: FoundPages,
  pages: readonly InspectedPage[],
  { task, signal }: FileWish,
): Promise<InspectedDocument> {
  const read = pages.filter((page): page is ReadPage => page.status === 'read');
  const layouts = read.map(({ layout }) => layout);
  const asked = task.kind === 'extract' && read.length > 0 ? task : undefined;
  const extracted = asked && (await extractPatiently(layouts, asked.schema, signal));
  const kinds = read.map(({ classification }) => classification);
  const difficulties = read.map(({ difficulty }) => difficulty);
  return {
    ...{ name, mediaType, sizeBytes, pages },
    kind: nameDocument(kinds, extracted?.kind),
    ...(read.length > 0 ? { difficulty: rateTask(task, difficulties) } : {}),
    fields: extracted?.fields ?? [],
    ...(extracted ? { values: extracted.values } : {}),
    ...(failure ? { failure } : {}),
  };
}
