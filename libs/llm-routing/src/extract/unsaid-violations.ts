import type { Coercion, ExtractedField, JsonSchema } from '@waybill/contracts';
import { violationsOf } from '@waybill/extraction';
import { belongsTo, type AskedField } from './asked-fields.js';

/** Enough to see what is wrong; a list of two thousand rows says the same of each. */
const mostRemarks = 50;

/**
 * What of the values does not fit the client's own schema, where no field says it already: a value that was not found
 * is null with its reason. Only of what was asked for.
 */
export function unsaidViolations(
  schema: JsonSchema,
  values: Readonly<Record<string, unknown>>,
  fields: readonly ExtractedField[],
  asked: readonly AskedField[],
): Coercion[] {
  const said = new Set(fields.flatMap(({ path, value }) => (value === null ? [path] : [])));
  return violationsOf(schema, values)
    .filter(({ path }) => !said.has(path) && asked.some(({ pointer }) => touches(path, pointer)))
    .slice(0, mostRemarks)
    .map(({ path, sentence }) => ({ path, remark: `Against the schema: ${sentence}` }));
}

const touches = (path: string, pointer: string): boolean => belongsTo(path, pointer) || belongsTo(pointer, path);
