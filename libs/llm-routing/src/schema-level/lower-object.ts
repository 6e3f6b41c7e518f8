import type { JsonSchema } from '@waybill/contracts';
import { factsOf } from '@waybill/extraction';
import { asItCame, takesUnion, type Lowered, type Lowering, type LowerNode, type Raise } from './lowered.js';
import { keptLimits } from './kept-limits.js';
import { withSentences } from './say-limit.js';

/** An object with named properties: closed, so that an answer to it fits an open one too. */
export function lowerObject(node: JsonSchema, at: Lowering, mayBeNull: boolean, lowerNode: LowerNode): Lowered {
  const required = new Set(Array.isArray(node.required) ? (node.required as unknown[]) : []);
  const inside = { ...at, depth: at.depth + 1 };
  const isNullable = mayBeNull && takesUnion(at);
  const parts = Object.entries(factsOf(node.properties)).map(([name, property]) => {
    const isOptional = at.level.everyProperty && !required.has(name);
    const lowered = lowerNode(factsOf(property), inside, isOptional ? 'optional' : 'required');
    return { name, lowered, isAbsentAsNull: isOptional && !allowsNull(factsOf(property)) };
  });
  const names = parts.map(({ name }) => name);
  const schema: JsonSchema = {
    type: isNullable ? ['object', 'null'] : 'object',
    ...withSentences(node.description, []),
    properties: Object.fromEntries(parts.map(({ name, lowered }) => [name, lowered.schema])),
    required: at.level.everyProperty ? names : names.filter((name) => required.has(name)),
    additionalProperties: false,
  };
  if (parts.every(({ lowered, isAbsentAsNull }) => lowered.raise === asItCame && !isAbsentAsNull)) {
    return { schema, raise: asItCame };
  }
  const raisers = new Map<string, { raise: Raise; isAbsentAsNull: boolean }>(
    parts.map(({ name, lowered, isAbsentAsNull }) => [name, { raise: lowered.raise, isAbsentAsNull }]),
  );
  const raise: Raise = (answer) => {
    if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return answer;
    const raised = Object.entries(answer).flatMap(([name, value]: [string, unknown]) => {
      const property = raisers.get(name);
      const inner = property ? property.raise(value) : value;
      return property?.isAbsentAsNull && inner === null ? [] : [[name, inner] as const];
    });
    return Object.fromEntries(raised);
  };
  return { schema, raise };
}

/** A list of things that are all alike. */
export function lowerList(node: JsonSchema, at: Lowering, mayBeNull: boolean, lowerNode: LowerNode): Lowered {
  const items = lowerNode(factsOf(node.items), at, 'required');
  const isNullable = mayBeNull && takesUnion(at);
  const { limits, sentences } = keptLimits(node, ['array'], at.level);
  const schema: JsonSchema = {
    type: isNullable ? ['array', 'null'] : 'array',
    ...withSentences(node.description, sentences),
    items: items.schema,
    ...limits,
  };
  const { raise } = items;
  if (raise === asItCame) return { schema, raise };
  return { schema, raise: (answer) => (Array.isArray(answer) ? answer.map((one) => raise(one)) : answer) };
}

/** Whether null is an answer to what a schema asks for. */
export function allowsNull({ type, enum: choices, anyOf, oneOf }: JsonSchema): boolean {
  const alternatives = [anyOf ?? oneOf ?? []].flat().map(factsOf);
  const named = [type ?? []].flat();
  if (named.length > 0 && !named.includes('null')) return false;
  if (Array.isArray(choices)) return choices.includes(null);
  return named.includes('null') || alternatives.some(allowsNull);
}
