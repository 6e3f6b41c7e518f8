import type { JsonSchema } from '@waybill/contracts';
import { readSchemaNode, type SchemaNode } from '@waybill/extraction';
import { LRUCache } from 'lru-cache';
import { belongsTo, pointerTo } from './asked-fields.js';

/**
 * The schema that a model is held to: each value with the numbers of the words that it was read from. It is written in
 * what all providers' strict modes take (closed objects, everything required, null allowed, no references, formats or
 * patterns); what that leaves out is said in descriptions and checked afterwards against the client's own schema.
 * Source: OpenAI "Structured model outputs"; Anthropic "Structured outputs"; Gemini "Structured output".
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
    return items && { type: 'array', ...descriptionOf(node), items };
  }
  return closed({ value: leafSchema(node), words: { type: 'array', items: { type: 'integer' } } });
}

function leafSchema(node: SchemaNode): JsonSchema {
  const isChoice = node.choices.length > 0;
  return {
    type: [node.type, 'null'],
    ...descriptionOf(node),
    ...(isChoice ? { enum: [...node.choices, null] } : {}),
  };
}

function descriptionOf({ title, description, format, pattern }: SchemaNode): JsonSchema {
  const said = [
    title,
    description,
    format === 'date' ? 'As YYYY-MM-DD.' : format && `Format: ${format}.`,
    pattern && `Must match ${pattern.source}.`,
  ];
  const text = said.filter(Boolean).join('. ').replaceAll('..', '.');
  return text ? { description: text } : {};
}

const closed = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
