import type { JsonSchema } from '@waybill/contracts';
import { pointedAt } from './json-pointers.js';

export type LeafType = 'string' | 'number' | 'integer' | 'boolean';

/** What extraction needs to know of one place in a JSON Schema. */
export interface SchemaNode {
  readonly shape: 'object' | 'array' | 'leaf';
  readonly type: LeafType;
  readonly title: string | undefined;
  readonly description: string;
  readonly format: string | undefined;
  readonly choices: readonly (string | number)[];
  readonly pattern: RegExp | undefined;
  readonly properties: readonly (readonly [string, JsonSchema])[];
  readonly items: JsonSchema;
  /** By `boundKeywords`. */
  readonly limits: Readonly<Record<string, number | boolean>>;
}

/** Keywords of JSON Schema that bound a value or a list, but patterns. */
export const boundKeywords = [
  ...(['minLength', 'maxLength'] as const),
  ...(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'] as const),
  ...(['minItems', 'maxItems', 'uniqueItems'] as const),
] as const;
const bounds: ReadonlySet<string> = new Set(boundKeywords);

/** Deeper schemas are cut: what lies below is not asked for. */
export const maxSchemaDepth = 8;

/** A schema, or anything else that has names; empty where it is none. */
export const factsOf = (value: unknown): JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonSchema) : {};
const asText = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() ? value : undefined);

/** Built-in schemas are the same objects for every job, and every schema's places are asked for many times. */
const known = new WeakMap<JsonSchema, WeakMap<JsonSchema, SchemaNode>>();

/**
 * Reads one place of a schema, which must not change afterwards. References inside the document are followed; of alternatives the
 * first that is not null is taken.
 */
export function readSchemaNode(schema: JsonSchema, root: JsonSchema): SchemaNode {
  let ofRoot = known.get(root);
  if (!ofRoot) known.set(root, (ofRoot = new WeakMap()));
  let node = ofRoot.get(schema);
  if (!node) ofRoot.set(schema, (node = readNode(schema, root)));
  return node;
}

function readNode(schema: JsonSchema, root: JsonSchema): SchemaNode {
  const node = resolve(schema, root);
  const types = [node['type']].flat().filter((type) => type !== 'null');
  const properties = Object.entries(factsOf(node['properties'])).map(
    ([name, value]) => [name, factsOf(value)] as const,
  );
  const choices = [node['const'] ?? node['enum'] ?? []].flat();
  const isObject = types.includes('object') || properties.length > 0;
  const isArray = types.includes('array') || node['items'] !== undefined;
  return {
    shape: isObject ? 'object' : isArray ? 'array' : 'leaf',
    type:
      leafTypes.find((type) => types.includes(type)) ??
      (choices.every((one) => typeof one === 'number') && choices.length > 0 ? 'number' : 'string'),
    title: asText(node['title']),
    description: asText(node['description']) ?? '',
    format: asText(node['format']),
    choices: choices.filter((one): one is string | number => typeof one === 'string' || typeof one === 'number'),
    pattern: safePattern(node['pattern']),
    properties,
    items: factsOf(node['items']),
    limits: limitsOf(node),
  };
}

const limitsOf = (node: JsonSchema): SchemaNode['limits'] =>
  Object.fromEntries(
    Object.entries(node).filter(
      (entry): entry is [string, number | boolean] =>
        bounds.has(entry[0]) && (typeof entry[1] === 'number' || entry[1] === true),
    ),
  );

const leafTypes: readonly LeafType[] = ['integer', 'number', 'boolean', 'string'];

function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  let node = schema;
  for (let hops = 0; hops < maxSchemaDepth; hops += 1) {
    const reference = node['$ref'];
    const alternatives = [node['anyOf'] ?? node['oneOf'] ?? []].flat().map(factsOf);
    const { $ref: _reference, anyOf: _any, oneOf: _one, allOf, ...own } = node;
    const next =
      typeof reference === 'string'
        ? (pointedAt(root, reference) ?? {}) // References elsewhere stand for anything.
        : alternatives.find((one) => one['type'] !== 'null');
    const all = [allOf ?? []].flat().map(factsOf);
    if (!next && all.length === 0) return node;
    node = Object.assign({}, ...all, next, own) as JsonSchema;
  }
  return node;
}

/** A client's pattern is only used when it is short and plain: a pattern with nested repetition can take for ever. */
export function safePattern(pattern: unknown): RegExp | undefined {
  if (typeof pattern !== 'string' || pattern.length > 200 || /[*+}]\)?[*+{]|\)[*+{]/.test(pattern)) return undefined;
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}
