import { createHash } from 'node:crypto';

const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const id = Buffer.from('0123456789abcdef0123456789abcdef', 'hex');
const permissions = -4;

/** A PDF of one page with a line of text, opened by `password`: RC4 with 40 bits, after ISO 32000-1, 7.6 (revision 2). */
export function drawEncryptedPdf(text: string, password: string): Uint8Array {
  const secret = Buffer.concat([Buffer.from(password), padding]).subarray(0, 32);
  const owner = rc4(md5(secret).subarray(0, 5), secret);
  const flags = Buffer.alloc(4);
  flags.writeInt32LE(permissions);
  const key = md5(Buffer.concat([secret, owner, flags, id])).subarray(0, 5);
  const content = Buffer.from(`BT /F1 14 Tf 20 100 Td (${text}) Tj ET`);
  const streamNumber = 4;
  const stream = rc4(md5(Buffer.concat([key, Buffer.from([streamNumber, 0, 0, 0, 0])])).subarray(0, 10), content);
  const hex = (bytes: Buffer): string => `<${bytes.toString('hex')}>`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 288 144]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    Buffer.concat([Buffer.from(`<</Length ${stream.length}>>stream\n`), stream, Buffer.from('\nendstream')]),
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    `<</Filter/Standard/V 1/R 2/O ${hex(owner)}/U ${hex(rc4(key, padding))}/P ${permissions}>>`,
  ];
  return written(objects, `/Encrypt 6 0 R/ID[${hex(id)}${hex(id)}]`);
}

function written(objects: readonly (string | Buffer)[], trailer: string): Uint8Array {
  const parts = [Buffer.from('%PDF-1.4\n')];
  const lengthOf = (): number => parts.reduce((sum, { length }) => sum + length, 0);
  const places = objects.map((object, index) => {
    const place = lengthOf();
    parts.push(Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')]));
    return place;
  });
  const table = lengthOf();
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`);
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows.join('')}` +
        `trailer<</Size ${objects.length + 1}/Root 1 0 R${trailer}>>\nstartxref\n${table}\n%%EOF`,
    ),
  );
  return Buffer.concat(parts);
}

const md5 = (bytes: Buffer): Buffer => createHash('md5').update(bytes).digest();

/** Not in today's OpenSSL, but in old PDFs. */
function rc4(key: Buffer, bytes: Buffer): Buffer {
  const state = Array.from({ length: 256 }, (_, index) => index);
  const swap = (one: number, other: number): void => {
    [state[one], state[other]] = [state[other] ?? 0, state[one] ?? 0];
  };
  for (let index = 0, other = 0; index < 256; index += 1) {
    other = (other + (state[index] ?? 0) + (key[index % key.length] ?? 0)) % 256;
    swap(index, other);
  }
  let [one, other] = [0, 0];
  return Buffer.from(
    bytes.map((byte) => {
      one = (one + 1) % 256;
      other = (other + (state[one] ?? 0)) % 256;
      swap(one, other);
      return byte ^ (state[((state[one] ?? 0) + (state[other] ?? 0)) % 256] ?? 0);
    }),
  );
}
