const keyBytes = 32;

/** A master key as the configuration names it: itself, or where AWS keeps it. */
export type MasterKey =
  { readonly kind: 'local'; readonly bytes: Uint8Array } | { readonly kind: 'aws-kms'; readonly arn: string };

/** Of a key and not of an alias, which may be another key tomorrow. */
const keyArn = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;

/**
 * Reads master keys, the current one first, separated by white space or commas: base64 of 32 bytes each, or the ARN of a key of
 * AWS KMS. What follows a `#` on a line is a comment.
 * @returns undefined when there is none, or one that is neither
 */
export function parseMasterKeys(text: string): MasterKey[] | undefined {
  const words = text
    .split('\n')
    .flatMap((line) => (line.split('#')[0] ?? '').split(/[\s,]+/))
    .filter((word) => word !== '');
  const keys = words.flatMap((word) => keyOf(word) ?? []);
  return words.length > 0 && keys.length === words.length ? keys : undefined;
}

function keyOf(word: string): MasterKey | undefined {
  if (keyArn.test(word)) return { kind: 'aws-kms', arn: word };
  const bytes = Buffer.from(word, 'base64');
  return bytes.length === keyBytes && isWritten(bytes, word) ? { kind: 'local', bytes } : undefined;
}

/** Base64 as it would be written: what merely decodes to 32 bytes may be a mistyped key. */
const isWritten = (key: Buffer, word: string): boolean =>
  key.toString('base64').replace(/=+$/, '') === word.replace(/=+$/, '');
