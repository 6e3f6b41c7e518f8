import type { JsonSchema } from '@waybill/contracts';
import type { SchemaLevel } from './schema-level.js';

/** A place of a schema as one provider takes it, and how an answer to that becomes one to the schema itself. */
export interface Lowered {
  readonly schema: JsonSchema;
  /** Takes whatever came: what does not look as it was asked for stays as it is. */
  readonly raise: Raise;
}

export type Raise = (answer: unknown) => unknown;
export const asItCame: Raise = (answer) => answer;

/** What is known where a place of a schema is lowered. */
export interface Lowering {
  readonly level: SchemaLevel;
  readonly root: JsonSchema;
  /** References that lead here: one that comes again has no end. */
  readonly open: readonly string[];
  /** Objects around this place. */
  readonly depth: number;
  /** What was spent of the level's bounds so far, in the order of the schema. */
  readonly spent: { unions: number; choices: number; places: number };
}

/** `presence`: a value that may be absent, but has to be required, is null instead. */
export type LowerNode = (node: JsonSchema, at: Lowering, presence: 'required' | 'optional') => Lowered;

/** A schema with more places than this, references followed, is not followed to its end. */
export const mostPlaces = 5_000;

/** Takes one more place with several types, as long as the level has one left. */
export function takesUnion({ level, spent }: Lowering): boolean {
  if (spent.unions >= (level.most.unions ?? Infinity)) return false;
  spent.unions += 1;
  return true;
}
