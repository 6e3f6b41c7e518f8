import type { JsonSchema } from '@waybill/contracts';
import { pointerTo, readSchemaNode, type SchemaNode } from '@waybill/extraction';
import { LRUCache } from 'lru-cache';
import { sayLimit, withSentences } from '../schema-level/say-limit.js';
import { belongsTo } from './asked-fields.js';

/**
 * The schema that a model is held to: each value with the numbers of the words that it was read from. Objects are closed,
 * everything is required and may be null, and the client's bounds stand where a value has a way out of them; who is
 * asked gets it at the level of its provider (`schema-level`). Lists are not forced to be long: nothing is to be invented.
 */
export function answerSchema(root: JsonSchema, fields: readonly string[]): JsonSchema {
  const ofRoot = known.get(root) ?? new LRUCache<string, JsonSchema>({ max: rememberedSelections });
  known.set(root, ofRoot);
  const selection = fields.join('\n');
  const schema =
    ofRoot.get(selection) ??
    wrapped(readSchemaNode(root, root), '', { root, isAsked: (path) => touches(path, fields) }) ??
    closed({});
  ofRoot.set(selection, schema);
  return schema;
}

/** Built-in schemas are the same objects for every job, mostly with the same fields asked for. */
const known = new WeakMap<JsonSchema, LRUCache<string, JsonSchema>>();
const rememberedSelections = 20;

const lengths = new WeakMap<JsonSchema, number>();

/** Characters of a schema as JSON. */
export function charactersOf(schema: JsonSchema): number {
  const length = lengths.get(schema) ?? JSON.stringify(schema).length;
  lengths.set(schema, length);
  return length;
}

interface Asked {
  readonly root: JsonSchema;
  readonly isAsked: (path: string) => boolean;
}

const touches = (path: string, fields: readonly string[]): boolean =>
  fields.some((field) => belongsTo(path, field) || belongsTo(field, path));

function wrapped(node: SchemaNode, path: string, asked: Asked): JsonSchema | undefined {
  if (!asked.isAsked(path) || path.split('/').length > 9) return undefined;
  const inner = (schema: JsonSchema, at: string) => wrapped(readSchemaNode(schema, asked.root), at, asked);
  if (node.shape === 'object') {
    const parts = node.properties.flatMap(([name, schema]) => {
      const part = inner(schema, pointerTo(path, name));
      return part ? [[name, part] as const] : [];
    });
    return parts.length > 0 ? closed(Object.fromEntries(parts)) : undefined;
  }
  if (node.shape === 'array') {
    const items = inner(node.items, `${path}/0`);
    const { minItems, maxItems, uniqueItems } = node.limits;
    const said = [
      ...(minItems === undefined ? [] : [sayLimit('minItems', minItems)]),
      ...(uniqueItems === undefined ? [] : [sayLimit('uniqueItems', uniqueItems)]),
    ];
    const most = maxItems === undefined ? {} : { maxItems };
    return items && { type: 'array', ...descriptionOf(node, said), items, ...most };
  }
  return closed({ value: leafSchema(node), words: { type: 'array', items: { type: 'integer' } } });
}

function leafSchema(node: SchemaNode): JsonSchema {
  const { choices, format, pattern, limits } = node;
  if (choices.length > 0) {
    const types = new Set(choices.map((choice) => typeof choice));
    return { type: [...types, 'null'], ...descriptionOf(node), enum: [...choices, null] };
  }
  return {
    type: [node.type, 'null'],
    ...descriptionOf(node),
    ...(format === undefined ? {} : { format }),
    ...(pattern ? { pattern: pattern.source } : {}),
    ...limits,
  };
}

function descriptionOf({ title, description }: SchemaNode, said: readonly string[] = []): JsonSchema {
  const text = [title, description].filter(Boolean).join('. ').replaceAll('..', '.');
  return withSentences(text, said);
}

const closed = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
