/** A source of chance, uniform in [0, 1). */
export type Chance = () => number;

const whole = (chance: Chance, below: number): number => Math.floor(chance() * below);
const pick = <Item>(chance: Chance, items: readonly Item[]): Item => items[whole(chance, items.length)]!;

/** Numbers at which sizes, counts and offsets go wrong. */
const edges = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];
/** Words at which readers of markup, PDF, mail and paths go wrong. */
const words = [
  ...['<!ENTITY a "b">', '&a;', '<![CDATA[', ']]>', '<!--', '<script>', '<svg', 'href="file:///etc/passwd"', '\u0000'],
  ...[
    'endobj',
    'stream',
    '/Kids[1 0 R]',
    '/Count 99999999',
    '/Length -1',
    '/FlateDecode',
    '1 0 obj',
    'xref',
    'trailer',
  ],
  ...[
    'Content-Type: multipart/mixed; boundary="x"',
    '--x',
    '=?utf-8?B?',
    '\r\n\r\n',
    '../',
    '%n',
    '{"',
    '[[[[',
    '"'.repeat(99),
  ],
].map((word) => Buffer.from(word));

type Mutation = (chance: Chance, bytes: Buffer, other: Buffer) => Buffer;

const at = (chance: Chance, bytes: Buffer): number => whole(chance, Math.max(1, bytes.length));
const spliced = (bytes: Buffer, from: number, to: number, between: Uint8Array): Buffer =>
  Buffer.concat([bytes.subarray(0, from), between, bytes.subarray(to)]);

const flipBits: Mutation = (chance, bytes) => {
  const copy = Buffer.from(bytes);
  for (let flips = 1 + whole(chance, 8); flips > 0 && copy.length > 0; flips -= 1) {
    const place = at(chance, copy);
    copy[place] = copy[place]! ^ (1 << whole(chance, 8));
  }
  return copy;
};

const setNumber: Mutation = (chance, bytes) => {
  const width = pick(chance, [1, 2, 4]);
  if (bytes.length < width) return bytes;
  const copy = Buffer.from(bytes);
  // Most formats keep their sizes in the first bytes, so half of the time these are tried.
  const end = chance() < 0.5 ? Math.min(copy.length, 200) : copy.length;
  const place = whole(chance, end - width + 1);
  const value = pick(chance, edges) % 2 ** (8 * width);
  if (chance() < 0.5) copy.writeUIntBE(value, place, width);
  else copy.writeUIntLE(value, place, width);
  return copy;
};

const cut: Mutation = (chance, bytes) => bytes.subarray(0, at(chance, bytes));
const remove: Mutation = (chance, bytes) => {
  const from = at(chance, bytes);
  return spliced(bytes, from, from + 1 + whole(chance, 64), Buffer.alloc(0));
};
const repeat: Mutation = (chance, bytes) => {
  const from = at(chance, bytes);
  const piece = bytes.subarray(from, from + 1 + whole(chance, 64));
  return spliced(bytes, from, from, Buffer.concat(Array.from({ length: 1 + whole(chance, 40) }, () => piece)));
};
const insertWord: Mutation = (chance, bytes) => {
  const place = at(chance, bytes);
  return spliced(bytes, place, place, pick(chance, words));
};
const mixIn: Mutation = (chance, bytes, other) => {
  const [from, start] = [at(chance, bytes), at(chance, other)];
  return spliced(bytes, from, from + whole(chance, 256), other.subarray(start, start + 1 + whole(chance, 512)));
};
const noise: Mutation = (chance, bytes) => {
  const copy = Buffer.from(bytes);
  const from = at(chance, copy);
  for (let place = from; place < Math.min(copy.length, from + 1 + whole(chance, 32)); place += 1) {
    copy[place] = whole(chance, 256);
  }
  return copy;
};

const mutations: readonly Mutation[] = [
  ...[flipBits, flipBits, setNumber, setNumber, setNumber, cut, remove, repeat, insertWord, insertWord, mixIn, noise],
];

/** Bytes changed in one to four ways; `other` lends pieces of itself. The same chance gives the same bytes. */
export function mutateBytes(chance: Chance, bytes: Buffer, other: Buffer): Buffer {
  let changed = bytes;
  for (let steps = 1 + whole(chance, 4); steps > 0; steps -= 1) {
    changed = pick(chance, mutations)(chance, changed, other);
  }
  return changed;
}
