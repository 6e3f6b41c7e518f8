import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import type { SubmittedDocument } from '@waybill/contracts';
import type { DocumentWish, SubmissionWish } from './submission-wish.js';

/**
 * The body of `POST /v1/jobs`: JSON where nothing is uploaded, else a form whose files are streamed from the disk. It may
 * be sent more than once.
 */
export async function bodyOf(
  wish: SubmissionWish,
): Promise<{ body: string | FormData; headers: Readonly<Record<string, string>> }> {
  const parts: { name: string; blob: Blob; fileName: string }[] = [];
  const documents: SubmittedDocument[] = [];
  for (const [index, document] of wish.documents.entries()) {
    const blob = await blobOf(document);
    if (blob === undefined) {
      documents.push(document as SubmittedDocument);
      continue;
    }
    const { password } = document;
    const name = nameOf(document);
    const upload = `document-${index}`;
    parts.push({ name: upload, blob, fileName: name ?? upload });
    documents.push({
      upload,
      ...(name === undefined ? {} : { name }),
      ...(password === undefined ? {} : { password }),
    });
  }
  const submission = JSON.stringify({ ...wish, documents });
  if (parts.length === 0) return { body: submission, headers: { 'content-type': 'application/json' } };
  const form = new FormData();
  form.append('submission', new Blob([submission], { type: 'application/json' }));
  for (const { name, blob, fileName } of parts) form.append(name, blob, fileName);
  return { body: form, headers: {} };
}

/** The name that people see. */
export function nameOf(document: DocumentWish): string | undefined {
  return document.name ?? ('file' in document ? basename(document.file) : undefined);
}

async function blobOf(document: DocumentWish): Promise<Blob | undefined> {
  if ('file' in document) return openAsBlob(document.file);
  return 'bytes' in document ? new Blob([Uint8Array.from(document.bytes)]) : undefined;
}
