import { createHash, randomBytes } from 'node:crypto';

const idBytes = 6;
/** 192 random bits: no hash needs to be slow to protect them. See docs/identity.md. */
const secretBytes = 24;
const shape = new RegExp(`^wb_live_([0-9a-f]{${idBytes * 2}})_[0-9a-f]{${secretBytes * 2}}$`);

/** A key as it is made: `text` is for its owner alone, the rest is what is kept. */
export interface MintedKey {
  readonly id: string;
  readonly text: string;
  readonly digest: Buffer;
}

/** A new key: `wb_live_<id>_<secret>`. */
export function mintKey(): MintedKey {
  const id = randomBytes(idBytes).toString('hex');
  const text = `${prefixOfKey(id)}_${randomBytes(secretBytes).toString('hex')}`;
  return { id, text, digest: digestOfKey(text) };
}

/** What may be shown of a key. */
export const prefixOfKey = (id: string): string => `wb_live_${id}`;

/** SHA-256 over the whole key. */
export const digestOfKey = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The id in a whole key; undefined for what has not the form of one. */
export const idOfKey = (text: string): string | undefined => shape.exec(text)?.[1];

/** The id in a whole key, in a prefix, or alone, as people name keys. */
export const idNamedBy = (text: string): string | undefined => /^(?:wb_live_)?([0-9a-f]{12})(?:_|$)/.exec(text)?.[1];
