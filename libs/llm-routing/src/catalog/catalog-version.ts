import { createHash } from 'node:crypto';

/** The same facts have the same version, in whatever order they are written: a digest of their canonical JSON. */
export const catalogVersion = (data: object): string =>
  `catalog-${createHash('sha256').update(canonicalJson(data)).digest('hex').slice(0, 16)}`;

/** Keys sorted; lists of cards sorted by id, since their order says nothing. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (Array.isArray(inner)) {
      const list: unknown[] = inner;
      return list.every(hasId) ? [...list].sort((a, b) => (a.id < b.id ? -1 : 1)) : list;
    }
    if (inner === null || typeof inner !== 'object') return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

const hasId = (value: unknown): value is { id: string } =>
  typeof value === 'object' && value !== null && typeof (value as { id?: unknown }).id === 'string';
