import type { Hop, ReadPageWork } from '@waybill/contracts';
import type { OcrEngine, PageDecoder, PageReading } from '@waybill/document-layout';
import type { GuardrailPolicy } from '@waybill/guardrails';
import { passwordIn, refuseHopsOutside, type DocumentStore } from '@waybill/jobs';
import { readDecodedPage } from '@waybill/page-reading';
import { affordablePage } from './affordable-page.js';
import { keepBackPictures } from './keep-back-pictures.js';
import { pageInRegion } from './page-in-region.js';
import type { PageRead, PageReader } from './page-reader.js';
import { readerFor, type PictureReaders } from './picture-readers.js';

/** How pages are read. */
export interface ReadingTerms {
  /** When a job names none. */
  readonly languages: readonly string[];
  /** What pages may be shown to an engine behind a network; absent when the engine is on this machine. */
  readonly remotePolicy: (() => GuardrailPolicy) | undefined;
  /** Where engines of this machine are, where the operator has said so. */
  readonly region?: string | undefined;
  /** Where this worker and its stores are, stated or not; a worker beside another intake may be elsewhere than that. */
  readonly places?: readonly Hop[];
}

/** Reads a page from its document: the text it carries, what an engine sees in its picture, or both. */
export class ReadDocumentPage implements PageReader {
  constructor(
    private readonly store: DocumentStore,
    private readonly decoder: PageDecoder,
    private readonly readers: PictureReaders,
    private readonly terms: ReadingTerms,
  ) {}

  async read(work: ReadPageWork, signalOf: () => AbortSignal): Promise<PageRead> {
    const { source, mediaType, page, tenant, plan } = work;
    refuseHopsOutside(this.terms.places ?? [], plan.routing.regions);
    const signal = signalOf();
    const started = performance.now();
    const bytes = await this.decoder.hold(source, () => this.store.read(source));
    const fetched = performance.now();
    const password = work.password ? passwordIn(await this.store.read(work.password)) : undefined;
    const document = { sha256: source.sha256, mediaType, bytes, ...(password === undefined ? {} : { password }) };
    const whole = await this.decoder.decodePage(document, page, signal);
    const pictures = await readerFor(whole, work, this.readers);
    const { engine } = pictures;
    const policy = pictures === this.readers.usual ? this.terms.remotePolicy?.() : undefined;
    const allowed = policy ? keepBackPictures(whole, work, { policy, engine }) : whole;
    const decoded = affordablePage(pageInRegion(allowed, work, engine), work, engine);
    const rendered = performance.now();
    const languages = plan.reading?.languages ?? this.terms.languages;
    const wish = { tenant, languages, signal };
    const read = await readDecodedPage(decoded, { document: work.document, page }, { pictures, wish });
    const recognised = performance.now();
    const { display, look } = decoded;
    const { reading, use } = read;
    const hop = hopOf(engine, reading, this.terms);
    return {
      reading,
      look,
      image: display === 'source' ? { stored: { ...source, mediaType } } : display,
      times: { fetch: fetched - started, render: rendered - fetched, recognise: recognised - rendered },
      ...(hop ? { hop } : {}),
      ...(use ? { use: { ...use, durationMs: recognised - rendered } } : {}),
    };
  }
}

/** What was read before is in the cache, and the engine sees nothing of it again. */
function hopOf(
  { name, processedIn }: Pick<OcrEngine, 'name' | 'processedIn'>,
  { recognition }: Pick<PageReading, 'recognition'>,
  { region }: ReadingTerms,
): Hop | undefined {
  if (!recognition || recognition.cached || recognition.pictures === 0) return undefined;
  const home = region === undefined ? undefined : [region];
  const regions = processedIn === 'unknown' ? undefined : (processedIn ?? home);
  if (regions === undefined && processedIn === undefined) return undefined;
  return { kind: 'ocr', name, ...(regions ? { regions: [...regions] } : {}) };
}
