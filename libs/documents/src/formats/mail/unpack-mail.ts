import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import { StageError } from '@waybill/jobs';
import type { DocumentLimits } from '../../document-limits.js';
import type { UnpackedDocument } from '../document-format.js';
import { textOfHtml } from './text-of-html.js';

/** Parts within parts; real mail stays below ten. */
const deepestParts = 50;
const mostHeaderBytes = 1_048_576;
/** Proof of who sent it, and nothing to read. */
const signatures = new Set([
  'application/pkcs7-signature',
  'application/x-pkcs7-signature',
  'application/pgp-signature',
]);

/**
 * An e-mail as its own text (who, when, what, and its body) and the documents attached to it. E-mails attached to it are
 * documents like any other.
 * @throws StageError `unreadable-document`, `too-large`
 */
export async function unpackMail(bytes: Uint8Array, limits: DocumentLimits): Promise<UnpackedDocument> {
  const email = await PostalMime.parse(Uint8Array.from(bytes), {
    forceRfc822Attachments: true,
    maxNestingDepth: deepestParts,
    maxHeadersSize: mostHeaderBytes,
  }).catch((error: unknown) => {
    throw unreadable(error);
  });
  const attached = email.attachments.filter(({ mimeType }) => !signatures.has(mimeType));
  if (attached.length > limits.maxAttachments) {
    throw new StageError(
      'too-large',
      `The e-mail has ${attached.length} attachments; the limit is ${limits.maxAttachments}. ` +
        `Send them in several, or raise WAYBILL_MAX_ATTACHMENTS.`,
    );
  }
  const enclosed = attached.map((attachment) => ({
    ...(attachment.filename ? { name: attachment.filename } : {}),
    bytes: bytesOf(attachment),
  }));
  return { text: textOf(email, attached), enclosed };
}

function textOf(email: Email, attached: readonly Attachment[]): string {
  const names = attached.map(({ filename, mimeType }) => filename ?? mimeType);
  const rows: [string, string | undefined][] = [
    ['From', people([email.from ?? email.sender])],
    ['To', people(email.to)],
    ['Cc', people(email.cc)],
    ['Date', email.headers.find(({ key }) => key === 'date')?.value],
    ['Subject', email.subject],
    ['Attachments', names.join(', ')],
  ];
  const head = rows.flatMap(([label, value]) => (value ? [`${label}: ${oneLine(value)}`] : []));
  return withoutControls(`${head.join('\n')}\n\n${email.text || textOfHtml(email.html ?? '')}`);
}

const people = (addresses: readonly (Address | undefined)[] = []): string =>
  addresses
    .flatMap((each) => each?.group ?? each ?? [])
    .map(({ name, address }) => (name && address ? `${name} <${address}>` : name || address || ''))
    .filter((each) => each !== '')
    .join(', ');

const withoutControls = (text: string): string => text.replace(/[\0-\x08\x0b\x0e-\x1f\x7f-\x9f]/g, ' ');

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const bytesOf = ({ content }: Attachment): Uint8Array =>
  typeof content === 'string'
    ? Buffer.from(content)
    : content instanceof Uint8Array
      ? content
      : new Uint8Array(content);

const unreadable = (cause: unknown): StageError => {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StageError('unreadable-document', `The e-mail cannot be taken apart (${reason}); send its parts.`, {
    cause,
  });
};
