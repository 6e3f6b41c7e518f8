import type { ReadPageWork } from '@waybill/contracts';
import type { DecodedPage, OcrEngine, PageDecoder, PageRaster, PageReading, RawWord } from '@waybill/document-layout';
import type { DocumentStore } from '@waybill/jobs';
import type { PageRead, PageReader } from './page-reader.js';

/** A text layer is read by no engine; this names what gave the words. */
const textLayerEngine = { name: 'pdfium', version: '' };

/** Reads a page from its document: the text it carries, or else what the engine sees in its picture. */
export class ReadDocumentPage implements PageReader {
  constructor(
    private readonly store: DocumentStore,
    private readonly decoder: PageDecoder,
    private readonly engine: OcrEngine,
    private readonly languages: readonly string[],
  ) {}

  async read(work: ReadPageWork, signalOf: () => AbortSignal): Promise<PageRead> {
    const { source, mediaType, page } = work;
    const signal = signalOf();
    const started = performance.now();
    const bytes = await this.decoder.hold(source, () => this.store.read(source));
    const fetched = performance.now();
    const decoded = await this.decoder.decodePage({ sha256: source.sha256, mediaType, bytes }, page, signal);
    const rendered = performance.now();
    const seen = decoded.raster
      ? await this.recognise(decoded, decoded.raster, { languages: work.plan.reading?.languages, signal })
      : { ...textOf(decoded), languages: [] };
    const recognised = performance.now();
    const { width, height, unit, dpi, rules, display } = decoded;
    return {
      reading: { document: work.document, page, width, height, unit, dpi, rules, ...seen },
      image: display === 'source' ? { stored: { ...source, mediaType } } : display,
      times: { fetch: fetched - started, render: rendered - fetched, recognise: recognised - rendered },
    };
  }

  private async recognise(
    decoded: DecodedPage,
    raster: PageRaster,
    { languages: wished, signal }: { languages: readonly string[] | undefined; signal: AbortSignal },
  ): Promise<Seen> {
    const languages = [...(wished ?? this.languages)];
    const scale = { x: decoded.width / raster.width, y: decoded.height / raster.height };
    const { words, rotation, skewDegrees, remarks } = await this.engine.recognise(raster, { languages, signal });
    return {
      source: 'ocr',
      engine: { name: this.engine.name, version: this.engine.version },
      rotation,
      skewDegrees,
      languages,
      words: words.map((word) => scaled(word, scale)),
      remarks: [...decoded.remarks, ...remarks],
    };
  }
}

type Seen = Pick<PageReading, 'source' | 'engine' | 'rotation' | 'skewDegrees' | 'languages' | 'words' | 'remarks'>;

const textOf = ({ textLayer, remarks }: DecodedPage): Seen => ({
  source: textLayer ? 'text-layer' : 'none',
  engine: textLayerEngine,
  rotation: textLayer?.rotation ?? 0,
  skewDegrees: 0,
  languages: [],
  words: textLayer?.words ?? [],
  remarks,
});

/** From pixels of the raster to the unit of the page. */
const scaled = ({ text, box: [x0, y0, x1, y1], confidence }: RawWord, { x, y }: { x: number; y: number }): RawWord => ({
  text,
  box: [x0 * x, y0 * y, x1 * x, y1 * y],
  confidence,
});
