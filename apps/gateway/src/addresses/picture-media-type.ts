/** Signatures of the pictures that models take. */
const signatures: readonly (readonly [mediaType: string, bytes: RegExp])[] = [
  ['image/png', /^\x89PNG\r\n\x1a\n/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF[\s\S]{4}WEBP/],
];

/** What picture bytes are, by themselves; undefined when they are none that models take. */
export function pictureMediaType(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  return signatures.find(([, signature]) => signature.test(head))?.[0];
}
