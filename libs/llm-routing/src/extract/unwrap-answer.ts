import type { JsonSchema } from '@waybill/contracts';
import { pointerTo, readSchemaNode, type SchemaNode } from '@waybill/extraction';

/** A value as a model gave it, at its place in the client's schema. */
export interface GivenValue {
  readonly path: string;
  readonly node: SchemaNode;
  readonly value: unknown;
  /** Numbers of the words that it was read from, as the model says. */
  readonly words: readonly number[];
}

const mostRows = 2_000;

/**
 * Reverses `answerSchema`: the values of an answer by their places. Takes what is there: a bare value instead of a
 * wrapped one, and what the schema does not know is left out.
 */
export function unwrapAnswer(root: JsonSchema, answer: unknown): GivenValue[] {
  const gather = (node: SchemaNode, path: string, given: unknown): GivenValue[] => {
    if (given === undefined) return [];
    if (node.shape === 'object') {
      const facts = recordOf(given);
      return node.properties.flatMap(([name, schema]) =>
        gather(readSchemaNode(schema, root), pointerTo(path, name), facts[name]),
      );
    }
    if (node.shape === 'array') {
      const rows = Array.isArray(given) ? given.slice(0, mostRows) : [];
      return rows.flatMap((row, at) => gather(readSchemaNode(node.items, root), `${path}/${at}`, row));
    }
    const { value, words } = isWrapped(given) ? given : { value: given, words: [] };
    const numbers = Array.isArray(words) ? words.map(Number).filter((number) => Number.isInteger(number)) : [];
    return [{ path, node, value, words: numbers }];
  };
  return gather(readSchemaNode(root, root), '', answer);
}

const isWrapped = (given: unknown): given is { value: unknown; words?: unknown } =>
  typeof given === 'object' && given !== null && 'value' in given;
const recordOf = (given: unknown): Readonly<Record<string, unknown>> =>
  typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
