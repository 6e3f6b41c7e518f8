import type { JsonSchema } from '@waybill/contracts';

/**
 * Whether OpenAI holds an answer to this schema: every object closed, every property required. Others are sent as
 * advice. Source: OpenAI's guide "Structured model outputs".
 */
export function isStrictSchema(schema: JsonSchema): boolean {
  const properties = schema.properties as Record<string, JsonSchema> | undefined;
  if (schema.type === 'object' || properties) {
    const required = new Set(schema.required as string[] | undefined);
    const names = Object.keys(properties ?? {});
    if (schema.additionalProperties !== false || !names.every((name) => required.has(name))) return false;
  }
  const inner: unknown[] = [
    ...Object.values(properties ?? {}),
    ...listOf(schema.anyOf),
    ...Object.values((schema.$defs ?? {}) as Record<string, unknown>),
    schema.items,
  ];
  return inner.every((each) => typeof each !== 'object' || each === null || isStrictSchema({ ...each }));
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
