import type { ExtractedField, JsonSchema } from '@waybill/contracts';
import { pointerTo, readSchemaNode, type SchemaNode } from '@waybill/extraction';
import { belongsTo, type AskedField } from './asked-fields.js';

/** What is known of one asked field so far. */
const ofField = (fields: readonly ExtractedField[], { pointer }: AskedField): ExtractedField[] =>
  fields.filter(({ path }) => belongsTo(path, pointer));

/** Mean over values that are there: what a list lacks in one row may not be on the page. 0 for nothing. */
function surenessOf(fields: readonly ExtractedField[]): number {
  const found = fields.filter(({ value }) => value !== null);
  return found.length === 0 ? 0 : found.reduce((sum, { confidence }) => sum + confidence, 0) / found.length;
}

/** The fields that are in doubt. `silence` says whether nothing found is an answer (of a model) or a doubt (of rules). */
export function doubtfulFields(
  asked: readonly AskedField[],
  fields: readonly ExtractedField[],
  floor: number,
  silence: 'answer' | 'doubt',
): string[] {
  return asked
    .filter((field) => {
      const own = ofField(fields, field);
      const isSilent = own.every(({ value }) => value === null);
      return isSilent ? silence === 'doubt' : surenessOf(own) < floor;
    })
    .map(({ pointer }) => pointer);
}

/**
 * Puts a second answer over a first one, field by field: the surer one stays, what both say is surer than either, and
 * silence overrules nothing.
 */
export function mergeFields(
  asked: readonly AskedField[],
  first: readonly ExtractedField[],
  second: readonly ExtractedField[],
): ExtractedField[] {
  return asked.flatMap((field) => {
    const [before, after] = [ofField(first, field), ofField(second, field)];
    if (surenessOf(after) === 0) return before.length > 0 ? before : after;
    if (surenessOf(before) === 0) return after;
    if (field.shape === 'leaf') return [mergeLeaf(before, after)].flat();
    return surenessOf(after) >= surenessOf(before) ? after : before;
  });
}

function mergeLeaf([before]: readonly ExtractedField[], [after]: readonly ExtractedField[]): ExtractedField[] {
  if (!before || !after) return [before, after].filter((field) => field !== undefined);
  const better = after.confidence >= before.confidence ? after : before;
  // Models that agree on what does not stand on the page make the same mistake.
  if (before.value !== after.value || after.grounded === false) return [better];
  const place = after.boxes.length > 0 ? after : before;
  return [{ ...place, confidence: 1 - (1 - before.confidence) * (1 - after.confidence) }];
}

/** An instance of the schema from its values; what was not found is null. */
export function assembleValues(root: JsonSchema, fields: readonly ExtractedField[]): Record<string, unknown> {
  const byPath = new Map(fields.map(({ path, value }) => [path, value]));
  const build = (node: SchemaNode, path: string): unknown => {
    if (node.shape === 'object') {
      return Object.fromEntries(
        node.properties.map(([name, schema]) => [name, build(readSchemaNode(schema, root), pointerTo(path, name))]),
      );
    }
    if (node.shape === 'array') {
      const items = readSchemaNode(node.items, root);
      return Array.from({ length: rowsUnder(path, fields) }, (_, row) => build(items, `${path}/${row}`));
    }
    return byPath.get(path) ?? null;
  };
  return build(readSchemaNode(root, root), '') as Record<string, unknown>;
}

const rowsUnder = (path: string, fields: readonly ExtractedField[]): number =>
  fields
    .filter((field) => belongsTo(field.path, path) && field.path !== path)
    .reduce((rows, field) => Math.max(rows, Number(field.path.slice(path.length + 1).split('/')[0]) + 1), 0);
