import type { Readable } from 'node:stream';
import type { BlobReference, Tenant } from '@waybill/contracts';
import { StageError } from '@waybill/jobs';
import type { FastifyRequest } from 'fastify';
import type { Multipart } from '@fastify/multipart';
import type { StoreDocuments } from '../submission/store-documents.js';

const submissionPart = 'submission';
const maxSubmissionBytes = 1_048_576;

/**
 * Reads a multipart request as it comes: each file goes straight into the store, none is held. A submission without
 * `documents` means every file part, in order, under its file name.
 * @param uploads gathers what was stored, by part, also when the rest of the request is refused
 * @returns the submission as the client wrote it, with its documents filled in
 * @throws StageError `invalid-submission`, `too-large`, `unavailable`
 */
export async function readMultipart(
  request: FastifyRequest,
  tenant: Tenant,
  documents: StoreDocuments,
  uploads: Map<string, BlobReference>,
): Promise<unknown> {
  let raw: unknown;
  const names = new Map<string, string>();
  for await (const part of partsOf(request)) {
    if (part.fieldname === submissionPart) {
      // Some clients send the JSON part as a file; the name decides.
      raw = parsedJson(part.type === 'field' ? part.value : await wholePart(part.file, smallText(part.file)));
    } else if (part.type === 'field') {
      throw invalid(`The part ${part.fieldname} is not known; send "submission" as JSON, and files.`);
    } else {
      const upload = freeName(part.fieldname, uploads);
      uploads.set(upload, await wholePart(part.file, documents.upload(tenant, part.file)));
      if (part.filename) names.set(upload, part.filename.slice(0, 255));
    }
  }
  if (typeof raw !== 'object' || raw === null) {
    throw invalid('The part "submission" is missing; send the submission in it, as a JSON object.');
  }
  if (!('documents' in raw)) {
    return { ...raw, documents: [...uploads.keys()].map((upload) => ({ upload, name: names.get(upload) })) };
  }
  refuseUnusedFiles(raw.documents, uploads);
  return raw;
}

/** The parts as they come. Where the request itself breaks off or is no multipart, its sender is told. */
async function* partsOf(request: FastifyRequest): AsyncGenerator<Multipart> {
  try {
    yield* request.parts();
  } catch (error) {
    throw brokenOff(error);
  }
}

/** What was made of a part, unless the part itself ended too early. */
async function wholePart<Made>(file: Readable, made: Promise<Made>): Promise<Made> {
  try {
    return await made;
  } catch (error) {
    throw file.errored && !(error instanceof StageError && !error.retryable) ? brokenOff(file.errored) : error;
  }
}

/** Errors with a status are refusals of the HTTP layer, as of what is too large. */
const brokenOff = (error: unknown): unknown =>
  error instanceof StageError || typeof (error as { statusCode?: unknown }).statusCode === 'number'
    ? error
    : invalid(`The multipart request cannot be read (${(error as Error).message}); send it whole.`);

/** Files may share a part's name, as web forms do; the second `file` is `file-2`. */
function freeName(name: string, uploads: ReadonlyMap<string, BlobReference>): string {
  if (!uploads.has(name)) return name;
  let count = 2;
  while (uploads.has(`${name}-${count}`)) count += 1;
  return `${name}-${count}`;
}

/** A part that says that it is JSON has been parsed already. */
function parsedJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    throw invalid('The part "submission" is not JSON.');
  }
}

async function smallText(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxSubmissionBytes) {
      throw new StageError('too-large', `The part "submission" may have at most ${maxSubmissionBytes} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** A file that nobody asks to be read is a mistake worth telling. */
function refuseUnusedFiles(documents: unknown, uploads: ReadonlyMap<string, BlobReference>): void {
  const used = new Set<unknown>(
    Array.isArray(documents) ? documents.map((each: { upload?: unknown }) => each?.upload) : [],
  );
  const unused = [...uploads.keys()].filter((upload) => !used.has(upload));
  if (unused.length === 0) return;
  throw invalid(`No document names the file part ${unused[0]}; name it, or leave out "documents" to take every file.`);
}

const invalid = (sentence: string): StageError => new StageError('invalid-submission', sentence);
