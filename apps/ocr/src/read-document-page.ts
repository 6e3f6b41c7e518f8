import type { ReadPageWork } from '@waybill/contracts';
import type { PageDecoder } from '@waybill/document-layout';
import type { GuardrailPolicy } from '@waybill/guardrails';
import { passwordIn, type DocumentStore } from '@waybill/jobs';
import { readDecodedPage, type RecognisePicture } from '@waybill/page-reading';
import { affordablePage } from './affordable-page.js';
import { keepBackPictures } from './keep-back-pictures.js';
import { pageInRegion } from './page-in-region.js';
import type { PageRead, PageReader } from './page-reader.js';

/** How pages are read. */
export interface ReadingTerms {
  /** When a job names none. */
  readonly languages: readonly string[];
  /** What pages may be shown to an engine behind a network; absent when the engine is on this machine. */
  readonly remotePolicy: (() => GuardrailPolicy) | undefined;
}

/** Reads a page from its document: the text it carries, what an engine sees in its picture, or both. */
export class ReadDocumentPage implements PageReader {
  constructor(
    private readonly store: DocumentStore,
    private readonly decoder: PageDecoder,
    private readonly pictures: RecognisePicture,
    private readonly terms: ReadingTerms,
  ) {}

  async read(work: ReadPageWork, signalOf: () => AbortSignal): Promise<PageRead> {
    const { source, mediaType, page, tenant, plan } = work;
    const signal = signalOf();
    const started = performance.now();
    const bytes = await this.decoder.hold(source, () => this.store.read(source));
    const fetched = performance.now();
    const password = work.password ? passwordIn(await this.store.read(work.password)) : undefined;
    const document = { sha256: source.sha256, mediaType, bytes, ...(password === undefined ? {} : { password }) };
    const whole = await this.decoder.decodePage(document, page, signal);
    const { engine } = this.pictures;
    const policy = this.terms.remotePolicy?.();
    const allowed = policy ? keepBackPictures(whole, work, { policy, engine }) : whole;
    const decoded = affordablePage(pageInRegion(allowed, work, engine), work, engine);
    const rendered = performance.now();
    const languages = plan.reading?.languages ?? this.terms.languages;
    const wish = { tenant, languages, signal };
    const read = await readDecodedPage(decoded, { document: work.document, page }, { pictures: this.pictures, wish });
    const recognised = performance.now();
    const { display, look } = decoded;
    const { reading, use } = read;
    return {
      reading,
      look,
      image: display === 'source' ? { stored: { ...source, mediaType } } : display,
      times: { fetch: fetched - started, render: rendered - fetched, recognise: recognised - rendered },
      ...(use ? { use: { ...use, durationMs: recognised - rendered } } : {}),
    };
  }
}
