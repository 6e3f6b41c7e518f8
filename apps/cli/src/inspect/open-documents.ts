import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { Failure } from '@waybill/contracts';
import { inspectDocument, libreOffice, limitsOf } from '@waybill/documents';
import { StageError } from '@waybill/jobs';
import type { Environment } from '@waybill/platform';
import type { OpenedDocument } from './page-inspector.js';

/** A document of a file, looked at: what it is, and what its pages are read from. */
export interface FoundPages {
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly pages: number;
  readonly source?: OpenedDocument;
  /** Why it cannot be read; it has no pages then. */
  readonly failure?: Failure;
}

interface Submitted {
  /** Bytes, or the path of a file, whose size is looked at before it is read. */
  readonly source: Uint8Array | string;
  readonly name: string;
  readonly depth: number;
}

export interface OpeningHelp {
  readonly environment: Environment;
  readonly signal: AbortSignal;
  readonly password?: string;
}

/**
 * A file's document and, after it, those that are found in it, level by level, within the limits of the configuration. What
 * cannot be read is told as such. Rejects with the reason of the signal when that aborts.
 */
export async function openDocuments(path: string, name: string, help: OpeningHelp): Promise<FoundPages[]> {
  const { WAYBILL_MAX_ATTACHMENTS: most, WAYBILL_MAX_MAIL_DEPTH: deepest } = help.environment;
  const open = opener(help);
  const waiting: Submitted[] = [{ source: path, name, depth: 0 }];
  const found: FoundPages[] = [];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { depth } = next;
    const { enclosed, ...document } = await open(next, found.length);
    const tooMany =
      depth >= deepest
        ? `It has attachments more than ${deepest} e-mails deep; look at them alone, or raise WAYBILL_MAX_MAIL_DEPTH.`
        : `More than ${most} documents are attached, in all; raise WAYBILL_MAX_ATTACHMENTS.`;
    if (enclosed.length > 0 && (depth >= deepest || found.length + waiting.length + enclosed.length > most)) {
      const { source: _unread, ...rest } = document;
      found.push({ ...rest, pages: 0, failure: { code: 'too-large', message: tooMany, document: found.length } });
      continue;
    }
    found.push(document);
    waiting.push(...enclosed.map((one) => ({ ...one, depth: depth + 1 })));
  }
  return found;
}

type Opened = FoundPages & { readonly enclosed: readonly Pick<Submitted, 'source' | 'name'>[] };

function opener({ environment, signal, password }: OpeningHelp) {
  const limits = limitsOf(environment);
  const converter = libreOffice(environment);
  const secret = password === undefined ? {} : { password };
  return async ({ source, name }: Submitted, index: number): Promise<Opened> => {
    try {
      const help = { name, ...secret, ...(converter ? { converter } : {}) };
      const facts = await inspectDocument(source, limits, signal, help);
      const { mediaType, pages, sizeBytes } = facts;
      const read = facts.read ?? { mediaType, bytes: typeof source === 'string' ? await readFile(source) : source };
      const sha256 = createHash('sha256').update(read.bytes).digest('hex');
      const enclosed = (facts.enclosed ?? []).map((one, at) => ({
        source: one.bytes,
        name: one.name ?? `attachment ${at + 1}`,
      }));
      return { name, mediaType, sizeBytes, pages, source: { index, sha256, ...read, ...secret }, enclosed };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof StageError)) throw error;
      const failure = { ...error.failure, document: index };
      const sizeBytes = typeof source === 'string' ? (await stat(source)).size : source.length;
      return { name, mediaType: 'unknown', sizeBytes, pages: 0, failure, enclosed: [] };
    }
  };
}
