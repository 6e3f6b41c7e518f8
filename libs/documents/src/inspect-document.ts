import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { StageError } from '@waybill/jobs';
import { ThreadPool, threadScript } from '@waybill/thread-pool';
import { decoderHeapMb } from './decoder-heap.js';
import type { DocumentTask } from './answer-document-task.js';
import type { DocumentConverter } from './convert/document-converter.js';
import { detectFormat } from './detect-format.js';
import { refuseManyBytes, refuseManyPages, type DocumentLimits } from './document-limits.js';
import type {
  ConvertedFormat,
  DocumentFormat,
  EnclosedDocument,
  EnclosingFormat,
  PagedFormat,
  UnpackedDocument,
} from './formats/document-format.js';
import { pdf } from './formats/pdf.js';
import { plainText } from './formats/plain-text.js';
import { sharedCopyOf } from './shared-copy-of.js';

/** What a document is, from its bytes. */
export interface DocumentFacts {
  readonly mediaType: string;
  readonly pages: number;
  readonly sizeBytes: number;
  /** What its pages are read from, where that is not the document itself. */
  readonly read?: { readonly mediaType: string; readonly bytes: Uint8Array };
  /** Documents found inside. */
  readonly enclosed?: readonly EnclosedDocument[];
}

export interface InspectionHelp {
  /** What the document is called, if its sender said so; a file of that path otherwise. */
  readonly name?: string;
  readonly password?: string;
  /** Without one, what needs conversion is refused. */
  readonly converter?: DocumentConverter;
}

interface Looking extends InspectionHelp {
  readonly limits: DocumentLimits;
  readonly signal: AbortSignal | undefined;
}

let inspector: ThreadPool | undefined;

/**
 * Looks at a document (its bytes, or the path of a file): format from the bytes, page count and sizes from headers, before
 * anything is decoded. What may take long or die is done in a thread of its own, which does not keep the process alive.
 * @throws StageError `unsupported-format`, `too-large`, `too-many-pages`, `unreadable-document`; `timeout` and
 *   `worker-died` are retryable
 */
export async function inspectDocument(
  source: Uint8Array | string,
  limits: DocumentLimits,
  signal?: AbortSignal,
  help: InspectionHelp = {},
): Promise<DocumentFacts> {
  if (typeof source === 'string') refuseManyBytes((await stat(source)).size, limits);
  const bytes = typeof source === 'string' ? await readFile(source) : source;
  refuseManyBytes(bytes.length, limits);
  const name = help.name ?? (typeof source === 'string' ? basename(source) : undefined);
  const format = await detectFormat(bytes, name);
  const found = await lookInto(format, bytes, { ...help, limits, signal });
  refuseManyPages(found.pages, limits);
  if (found.pages < 1) throw new StageError('unreadable-document', 'The document has no pages.');
  return { mediaType: format.mediaType, sizeBytes: bytes.length, ...found };
}

type Found = Pick<DocumentFacts, 'pages' | 'read' | 'enclosed'>;

function lookInto(format: DocumentFormat, bytes: Uint8Array, looking: Looking): Promise<Found> {
  switch (format.kind) {
    case 'paged':
      return countPages(format, bytes, looking).then((pages) => ({ pages }));
    case 'converted':
      return convert(format, bytes, looking);
    case 'enclosing':
      return unpack(format, bytes, looking);
  }
}

async function countPages(format: PagedFormat, bytes: Uint8Array, looking: Looking): Promise<number> {
  if (format.countedIn === 'caller') return format.countPages(bytes, looking);
  return (await inThread<{ pages: number }>('count-pages', format, bytes, looking)).pages;
}

async function convert(format: ConvertedFormat, bytes: Uint8Array, looking: Looking): Promise<Found> {
  const { prepared } = await inThread<{ prepared: Uint8Array }>('prepare', format, bytes, looking);
  const { converter, limits, signal } = looking;
  if (!converter) {
    throw new StageError(
      'unsupported-format',
      `The document is ${format.name}, which is converted by LibreOffice, and that is not installed here; ` +
        `send it as PDF, or have the operator install LibreOffice or set WAYBILL_OFFICE_COMMAND.`,
    );
  }
  const document = { bytes: prepared, ending: format.endings[0] ?? '', name: format.name, filters: format.filters };
  const converted = await converter.toPdf(document, signal);
  refuseManyBytes(converted.length, limits);
  const { password: _password, ...open } = looking;
  const pages = await countPages(pdf, converted, open);
  return { pages, read: { mediaType: pdf.mediaType, bytes: converted } };
}

async function unpack(format: EnclosingFormat, bytes: Uint8Array, looking: Looking): Promise<Found> {
  const { text, enclosed } = await inThread<UnpackedDocument>('unpack', format, bytes, looking);
  const read = { mediaType: plainText.mediaType, bytes: Buffer.from(text) };
  return { pages: await countPages(plainText, read.bytes, looking), read, enclosed };
}

function inThread<Answer>(
  kind: 'count-pages' | 'prepare' | 'unpack',
  { mediaType }: DocumentFormat,
  bytes: Uint8Array,
  { limits, password, signal }: Looking,
): Promise<Answer> {
  inspector ??= new ThreadPool({
    doing: 'looking at the document (WAYBILL_INSPECT_TIMEOUT_MS)',
    script: threadScript('documents.worker', import.meta.url),
    size: 1,
    data: { openedBytes: 0 },
    heapMb: decoderHeapMb,
    holdsProcess: 'free',
  });
  const task: DocumentTask = {
    kind,
    mediaType,
    bytes: sharedCopyOf(bytes),
    limits,
    ...(password === undefined ? {} : { password }),
  };
  return inspector.run<Answer>(task, { signal, timeoutMs: limits.inspectionTimeoutMs });
}
