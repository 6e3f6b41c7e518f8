import { crc32 } from 'node:zlib';

/** The type of a header value that is text. */
const textType = 7;

/**
 * One message of AWS's binary event streams: lengths with their checksum, headers, payload, checksum of all.
 * Smithy, "Amazon Event Stream": https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export function eventStreamFrame(headers: Readonly<Record<string, string>>, payload: Buffer): Uint8Array {
  const head = Buffer.concat(Object.entries(headers).map(([name, value]) => headerOf(name, value)));
  const totalBytes = 12 + head.length + payload.length + 4;
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(totalBytes, 0);
  lengths.writeUInt32BE(head.length, 4);
  const message = Buffer.concat([lengths, checksumOf(lengths), head, payload]);
  return Buffer.concat([message, checksumOf(message)]);
}

function headerOf(name: string, value: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(Buffer.byteLength(value));
  return Buffer.concat([
    Buffer.from([name.length]),
    Buffer.from(name),
    Buffer.from([textType]),
    length,
    Buffer.from(value),
  ]);
}

function checksumOf(bytes: Buffer): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(bytes));
  return sum;
}
