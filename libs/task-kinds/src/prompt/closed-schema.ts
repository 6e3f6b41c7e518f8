import type { JsonSchema } from '@waybill/contracts';

/** An object in what every provider's strict mode takes: closed, everything required. */
export const closed = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

export const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
export const said = (type: 'string' | 'integer' | 'number' | 'boolean', description: string): JsonSchema => ({
  type,
  description,
});
/** A value, or null where there is none. */
export const saidOrNull = (type: 'string' | 'number', description: string): JsonSchema => ({
  type: [type, 'null'],
  description,
});
