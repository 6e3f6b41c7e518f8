import { z, type ZodType } from 'zod';

/**
 * The same schema for readers of what another release has written: what it does not know it leaves out, at every depth,
 * where the original refuses it. All other checks stay.
 */
export function tolerant<Schema extends ZodType>(schema: Schema): Schema {
  const made = copies.get(schema) ?? changed(schema) ?? schema;
  copies.set(schema, made);
  return made as Schema;
}

/** One copy of each, so that what has a name in the reference keeps it. */
const copies = new WeakMap<ZodType, ZodType>();

/** A copy, or undefined where nothing in it is strict. */
function changed(schema: ZodType): ZodType | undefined {
  if (schema instanceof z.ZodObject) return ofObject(schema);
  if (schema instanceof z.ZodUnion || schema instanceof z.ZodDiscriminatedUnion) {
    const options = (schema.options as readonly ZodType[]).map(tolerant);
    return copy(schema, { options });
  }
  if (schema instanceof z.ZodArray) return copy(schema, { element: tolerant(schema.element as ZodType) });
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return copy(schema, { innerType: tolerant(schema.def.innerType as ZodType) });
  }
  return undefined;
}

function ofObject(schema: z.ZodObject): ZodType {
  const shape = Object.fromEntries(Object.entries(schema.shape).map(([key, value]) => [key, tolerant(value)]));
  const isStrict = schema.def.catchall instanceof z.ZodNever;
  return copy(schema, { shape, ...(isStrict ? { catchall: undefined } : {}) });
}

const copy = (schema: ZodType, changes: object): ZodType => z.clone(schema, { ...schema.def, ...changes });
