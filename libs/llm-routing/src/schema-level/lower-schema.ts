import type { JsonSchema } from '@waybill/contracts';
import { factsOf, pointedAt, violationsOf } from '@waybill/extraction';
import { lowerAsText } from './lower-as-text.js';
import { allowsNull, lowerList, lowerObject } from './lower-object.js';
import { lowerValue } from './lower-value.js';
import { asItCame, mostPlaces, takesUnion, type Lowered, type Lowering, type LowerNode } from './lowered.js';
import { outsideLevel } from './outside-level.js';
import { resolveNode } from './resolve-node.js';
import { withSentences } from './say-limit.js';
import type { SchemaLevel } from './schema-level.js';

/** A schema as a provider takes it. */
export interface LoweredSchema extends Lowered {
  /** False where it is too large for the level even so: then it can only be said in words. */
  readonly fits: boolean;
  /** An answer to it is one to the client's schema as it comes. */
  readonly isPlain: boolean;
}

const known = new WeakMap<JsonSchema, WeakMap<SchemaLevel, LoweredSchema>>();

/**
 * Writes a client's JSON Schema in what one provider takes, and says how an answer becomes one to the schema itself
 * again: what was required for the provider's sake is absent, what was written as text is a value. What the provider
 * does not take is said to its model in descriptions; whether an answer fits is checked against the client's own schema.
 */
export function lowerSchema(schema: JsonSchema, level: SchemaLevel): LoweredSchema {
  const ofSchema = known.get(schema) ?? new WeakMap<SchemaLevel, LoweredSchema>();
  known.set(schema, ofSchema);
  const lowered = ofSchema.get(level) ?? loweredRoot(schema, level);
  ofSchema.set(level, lowered);
  return lowered;
}

function loweredRoot(root: JsonSchema, level: SchemaLevel): LoweredSchema {
  const spent = { unions: 0, choices: 0, places: 0 };
  const lowered = lowerNode(root, { level, root, open: [], depth: 0, spent }, 'required');
  const isObject = lowered.schema.type === 'object';
  const { schema, raise } = isObject ? lowered : wrapped(lowered);
  const fits = spent.places <= mostPlaces && outsideLevel(schema, level).length === 0;
  return { schema, raise, fits, isPlain: raise === asItCame };
}

/** Every provider wants an object at the top. */
const wrapped = ({ schema, raise }: Lowered): Lowered => ({
  schema: { type: 'object', properties: { answer: schema }, required: ['answer'], additionalProperties: false },
  raise: (answer) => raise(Object.hasOwn(factsOf(answer), 'answer') ? factsOf(answer).answer : answer),
});

const lowerNode: LowerNode = (given, around, presence) => {
  if (around.spent.places > mostPlaces) return lowerAsText({}, presence === 'optional');
  const resolved = resolveNode(given, around);
  if (resolved.kind === 'endless') return lowerAsText(targetOf(given, around.root), presence === 'optional');
  const { at } = resolved;
  const node = withoutConst(withWords(resolved.node));
  const mayBeNull = presence === 'optional' || allowsNull(node);
  const alternatives = node.anyOf ?? node.oneOf;
  if (Array.isArray(alternatives)) return lowerAlternatives(node, alternatives.map(factsOf), at, mayBeNull);
  const types = typesOf(node);
  const [only] = types;
  if (types.length === 1 && only === 'object') {
    const isNamed = Object.keys(factsOf(node.properties)).length > 0;
    const isTooDeep = at.depth >= (at.level.most.depth ?? Infinity);
    return isNamed && !isTooDeep ? lowerObject(node, at, mayBeNull, lowerNode) : lowerAsText(node, mayBeNull);
  }
  if (types.length === 1 && only === 'array') {
    const isAlike = Object.keys(factsOf(node.items)).length > 0 && node.prefixItems === undefined;
    return isAlike ? lowerList(node, at, mayBeNull, lowerNode) : lowerAsText(node, mayBeNull);
  }
  const choices = Array.isArray(node.enum) ? (node.enum as unknown[]).filter((choice) => choice !== null) : [];
  const isSingle = types.every((type) => singleTypes.has(type)) && choices.every((one) => singleTypes.has(typeof one));
  if (!isSingle || types.length + choices.length === 0) return lowerAsText(node, mayBeNull);
  return lowerValue(node, { types, choices, mayBeNull }, at);
};

/** What a reference that has no end leads to, as far as it can be shown. */
const targetOf = (node: JsonSchema, root: JsonSchema): JsonSchema =>
  (typeof node.$ref === 'string' ? pointedAt(root, node.$ref) : undefined) ?? node;

const singleTypes = new Set(['string', 'number', 'integer', 'boolean']);

/** Null among alternatives is no alternative; what is left is one place, or a choice between several. */
function lowerAlternatives(node: JsonSchema, all: readonly JsonSchema[], at: Lowering, mayBeNull: boolean): Lowered {
  const { anyOf: _any, oneOf: _one, ...own } = node;
  const real = all.filter((one) => one.type !== 'null');
  const [single] = real;
  if (real.length === 1 && single) {
    return lowerNode({ ...single, ...own }, at, mayBeNull ? 'optional' : 'required');
  }
  if (!at.level.alternatives || Object.keys(own).some((name) => !annotations.has(name)) || !takesUnion(at)) {
    return lowerAsText(node, mayBeNull);
  }
  const lowered = real.map((one) => lowerNode(one, at, 'required'));
  const anyOf = [...lowered.map(({ schema }) => schema), ...(mayBeNull ? [{ type: 'null' }] : [])];
  const schema: JsonSchema = { ...withSentences(node.description, []), anyOf };
  if (lowered.every(({ raise }) => raise === asItCame)) return { schema, raise: asItCame };
  return {
    schema,
    // The first alternative that the answer fits once it is reversed is the one that was meant.
    raise: (answer) => {
      const raised = lowered.map(({ raise }) => raise(answer));
      const meant = raised.find((value, index) => violationsOf(real[index] ?? {}, value, at.root).length === 0);
      return meant === undefined ? answer : meant;
    },
  };
}

const annotations = new Set(['description', 'title', '$schema', '$id', '$defs', 'definitions', 'default', 'examples']);

const typesOf = ({ type, properties, items, enum: choices }: JsonSchema): string[] => {
  const named = ([type ?? []].flat() as string[]).filter((name) => name !== 'null');
  if (named.length > 0 || choices !== undefined) return named.includes('number') ? named.filter(isNoInteger) : named;
  return properties === undefined ? (items === undefined ? [] : ['array']) : ['object'];
};
const isNoInteger = (type: string): boolean => type !== 'integer';

/** The title says what a place is, and keywords that no provider takes say what else holds; the model reads both. */
function withWords(node: JsonSchema): JsonSchema {
  const { title, ...rest } = node;
  const others = Object.entries(rest).filter(([name]) => unspoken.has(name));
  const sentences = others.length === 0 ? [] : [`It must fit ${JSON.stringify(Object.fromEntries(others))}.`];
  const named = typeof title === 'string' && title !== '' ? `${title}.` : '';
  const before = [named, typeof rest.description === 'string' ? rest.description : ''].filter(Boolean).join(' ');
  return { ...rest, ...withSentences(before, sentences) };
}

const unspoken = new Set([
  ...['not', 'if', 'then', 'else', 'dependentRequired', 'dependentSchemas', 'propertyNames'],
  ...['minProperties', 'maxProperties', 'contains', 'minContains', 'maxContains'],
]);

const withoutConst = (node: JsonSchema): JsonSchema => {
  if (!('const' in node)) return node;
  const { const: only, ...rest } = node;
  return { ...rest, enum: [only] };
};
