import type { ExtractedField } from '@waybill/contracts';

/** A JSON Pointer as a name: `/lineItems/0/amount` is `lineItems[0].amount`. */
export function fieldName({ path }: Pick<ExtractedField, 'path'>): string {
  return path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part, index) => (/^\d+$/.test(part) ? `[${part}]` : `${index > 0 ? '.' : ''}${part}`))
    .join('');
}

/** Where a field stands in a list: `/lineItems/0/amount` is in `lineItems`, entry 0, property `amount`. */
export function listPlaceOf({
  path,
}: Pick<ExtractedField, 'path'>): { list: string; index: number; property: string } | undefined {
  const place = /^(.*?)\/(\d+)(\/.*)?$/.exec(path);
  if (place === null) return undefined;
  const [, list = '', index = '', property = ''] = place;
  return { list: fieldName({ path: list }), index: Number(index), property: fieldName({ path: property }) };
}

/** The lists that have entries among the fields, in the order of the fields. */
export const listNamesOf = (fields: readonly ExtractedField[]): string[] => [
  ...new Set(fields.flatMap((field) => listPlaceOf(field)?.list ?? [])),
];
