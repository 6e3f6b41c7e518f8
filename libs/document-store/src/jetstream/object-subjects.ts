/** Of the chunks of an object. */
export const chunksSubject = (bucket: string, nuid: string): string => `$O.${bucket}.C.${nuid}`;

/**
 * Where clients of NATS write down an object of this name: in base64url with its padding, most of them of its UTF-8, the one
 * for JavaScript of its Latin-1. For names in ASCII that is the same.
 */
export function metaSubjects(bucket: string, name: string): string[] {
  const isLatin = /^[\0-\xff]*$/.test(name);
  const spellings = [Buffer.from(name), ...(isLatin ? [Buffer.from(name, 'latin1')] : [])];
  return [...new Set(spellings.map((bytes) => `$O.${bucket}.M.${padded(bytes)}`))];
}

const padded = (bytes: Buffer): string => bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
