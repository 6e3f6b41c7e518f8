import type { ConvertedFormat, FirstLook } from '../document-format.js';
import { refuseZipBomb } from './refuse-zip-bomb.js';
import { zipDirectory } from './zip-directory.js';

interface OfficeFormat {
  readonly name: string;
  readonly mediaType: string;
  readonly endings: readonly [string, ...string[]];
  isIn(look: FirstLook): boolean;
}

/** An Office document that is a ZIP of XML files. */
export const officeFormat = ({ name, ...facts }: OfficeFormat): ConvertedFormat => ({
  kind: 'converted',
  name,
  ...facts,
  toldBy: 'signature',
  prepare(bytes, { limits }) {
    refuseZipBomb(bytes, name, limits);
    return bytes;
  },
});

/** Whether the bytes are a ZIP with these files in it. */
export function isZipWith({ bytes, head }: FirstLook, ...names: readonly string[]): boolean {
  if (!head.startsWith('PK\x03\x04')) return false;
  const found = new Set(zipDirectory(bytes).map(({ name }) => name));
  return names.every((name) => found.has(name));
}
