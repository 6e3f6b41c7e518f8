import type { PageLayout, StageTimes, Tenant } from '@waybill/contracts';
import {
  layOutPage,
  noReadingCache,
  overlaySize,
  type DecodedDocument,
  type DecodedPage,
  type OverlayImage,
} from '@waybill/document-layout';
import { DocumentReader, limitsOf, scalePicture } from '@waybill/documents';
import { StageError } from '@waybill/jobs';
import { createOcrEngine, ocrWorkerCount, readingFingerprint } from '@waybill/ocr-engines';
import { judgePage, readDecodedPage, ReadingTools } from '@waybill/page-reading';
import type { Environment } from '@waybill/platform';
import type { InspectedPage, PagePlace } from './inspection.js';

/** For whom, and how, pages are read. */
export interface ReadingWay {
  readonly tenant: Tenant;
  readonly languages: readonly string[];
  readonly signal: AbortSignal;
}

/** A document whose pages are to be read; `index` is its place among the documents of its file, from 0. */
export interface OpenedDocument extends DecodedDocument {
  readonly index: number;
}

/** Pixels of the pictures in a report for each unit of the drawing that they are shown in. */
const pictureDensity = 8 / 7;

/** Reads pages as the ocr service does, in this process; decoder and engine hold threads until it is closed. */
export class PageInspector {
  /** Pages that can be read at once. */
  readonly width: number;
  readonly #tools: ReadingTools;

  /** @throws ConfigurationError when the engine is not installed, or a language has no data */
  constructor(environment: Environment) {
    this.width = ocrWorkerCount(environment);
    const decoder = new DocumentReader({
      threads: this.width,
      limits: limitsOf(environment),
      pageTimeoutMs: environment.WAYBILL_PAGE_TIMEOUT_MS,
      textLayerCheck: environment.WAYBILL_TEXT_LAYER_CHECK,
    });
    this.#tools = new ReadingTools(decoder, createOcrEngine(environment), noReadingCache, readingFingerprint());
  }

  /** A page that cannot be read is told as such. Rejects with the reason of the signal when that aborts. */
  async inspect(document: OpenedDocument, place: PagePlace, way: ReadingWay): Promise<InspectedPage> {
    try {
      return await this.#read(document, place, way);
    } catch (error) {
      way.signal.throwIfAborted();
      if (!(error instanceof StageError)) throw error;
      return { status: 'failed', ...place, failure: { ...error.failure, document: document.index, page: place.page } };
    }
  }

  async #read(document: OpenedDocument, place: PagePlace, way: ReadingWay): Promise<InspectedPage> {
    const { decoder, pictures } = this.#tools;
    const clock = new StepClock();
    const bytes = await decoder.hold(document, async () => document.bytes);
    const decoded = await decoder.decodePage({ ...document, bytes }, place.page, way.signal);
    clock.end('decode');
    const on = { document: document.index, page: place.page };
    const { reading } = await readDecodedPage(decoded, on, { pictures, wish: way });
    clock.end('recognise');
    const layout: PageLayout = layOutPage(reading);
    clock.end('layout');
    const judged = judgePage(layout, decoded.look);
    clock.end('classify');
    const picture = await pictureOf(decoded, document);
    return { status: 'read', ...place, layout, ...judged, ...(picture ? { picture } : {}), times: clock.times };
  }

  close(): Promise<void> {
    return this.#tools.close();
  }
}

async function pictureOf(page: DecodedPage, document: DecodedDocument): Promise<OverlayImage | undefined> {
  const { display } = page;
  const shownSize = overlaySize(page);
  const edgePx = Math.round(pictureDensity * Math.max(shownSize.width, shownSize.height));
  const bytes = display === 'source' ? document.bytes : display.bytes;
  try {
    const { bytes: shown } = await scalePicture(bytes, { edgePx });
    return { mediaType: 'image/jpeg', base64: Buffer.from(shown).toString('base64') };
  } catch (error) {
    if (error instanceof StageError) return undefined;
    throw error;
  }
}

/** Milliseconds from step to step. */
class StepClock {
  readonly times: StageTimes = {};
  #since = performance.now();

  end(step: string): void {
    const now = performance.now();
    this.times[step] = now - this.#since;
    this.#since = now;
  }
}
