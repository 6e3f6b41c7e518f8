export type EntryKind = 'gate' | 'model';

export interface EntryName {
  readonly kind: EntryKind;
  /** A provider's id, or a model's catalog id. */
  readonly id: string;
}

/** Keys may hold letters, digits and few signs; everything else is written as `=` and its two or more hexadecimal digits. */
const unsafe = /[^-_/a-zA-Z0-9]/gu;

/** The bucket's key of an entry: `gate.<provider>` or `model.<model>`. */
export function keyOf({ kind, id }: EntryName): string {
  return `${kind}.${id.replace(unsafe, (sign) => `=${sign.codePointAt(0)?.toString(16)}=`)}`;
}

/** The entry of a key; undefined for a key that no entry has. */
export function nameOf(key: string): EntryName | undefined {
  const [, kind, written] = /^(gate|model)\.(.+)$/.exec(key) ?? [];
  if (kind === undefined || written === undefined) return undefined;
  const id = written.replace(/=([0-9a-f]+)=/g, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)));
  return { kind: kind as EntryKind, id };
}
