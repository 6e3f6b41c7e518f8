import { pageLayoutSchema, type PageLayout, type PageRead } from '@waybill/contracts';
import type { DocumentStore } from '@waybill/jobs';

/** Layouts fetched side by side: enough to hide the round trip, few enough to keep memory flat. */
const concurrentReads = 8;

/** The layouts of a document's pages, in page order. A page without words needs no look into the store. */
export async function loadLayouts(store: DocumentStore, pages: readonly PageRead[]): Promise<PageLayout[]> {
  const layouts = new Array<PageLayout>(pages.length);
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < pages.length; index = next++) {
      layouts[index] = await loadLayout(store, pages[index]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrentReads, pages.length) }, lane));
  return layouts;
}

async function loadLayout(store: DocumentStore, page: PageRead): Promise<PageLayout> {
  if (page.summary.words === 0) return emptyLayout(page);
  const bytes = await store.read(page.layout);
  return pageLayoutSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
}

function emptyLayout({ document, page, summary }: PageRead): PageLayout {
  const { width, height, unit, dpi, source, engine } = summary;
  return {
    version: 1,
    document,
    page,
    width,
    height,
    unit,
    dpi,
    rotation: 0,
    skewDegrees: 0,
    source,
    engine: { name: engine, version: '' },
    languages: [],
    words: [],
    lines: [],
    blocks: [],
    tables: [],
    keyValues: [],
    remarks: [],
  };
}
