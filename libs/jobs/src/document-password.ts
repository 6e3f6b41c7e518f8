/** Bytes of chance before a stored password, so that its digest tells nothing about it. */
export const passwordSaltBytes = 32;

/** A password as it is kept in the document store, behind `salt`: random bytes of that many. */
export function passwordBytes(password: string, salt: Uint8Array): Uint8Array {
  if (salt.length !== passwordSaltBytes) throw new RangeError(`A password is kept behind ${passwordSaltBytes} bytes.`);
  return Uint8Array.from([...salt, ...new TextEncoder().encode(password)]);
}

/** The password in what `passwordBytes` made. */
export const passwordIn = (bytes: Uint8Array): string =>
  new TextDecoder().decode(Uint8Array.from(bytes.subarray(passwordSaltBytes)));
