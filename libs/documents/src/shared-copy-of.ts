/** The bytes in memory that threads share: handing them over copies nothing more. */
export function sharedCopyOf(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}
