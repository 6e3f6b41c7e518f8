import type { JsonSchema } from '@waybill/contracts';
import { pointedAt, pointerTo } from './json-pointers.js';
import { factsOf, safePattern } from './schema-node.js';

/** Where a value does not fit a schema. */
export interface Violation {
  /** JSON Pointer into the value. */
  readonly path: string;
  /** What is wrong, as a sentence. */
  readonly sentence: string;
}

/** A schema that keeps a checker busy longer than this is not checked to its end, and that is said. */
const mostSteps = 50_000;

/**
 * Whether a value is an instance of a JSON Schema (2020-12), place by place; none where it is. References inside the
 * schema are followed, nothing is fetched. Formats say nothing here but `date`, and patterns that can take for ever are
 * passed over.
 */
export function violationsOf(schema: JsonSchema, value: unknown, root: JsonSchema = schema): Violation[] {
  const check = new Check(root);
  const found = check.at(schema, value, '');
  if (check.steps <= mostSteps) return found;
  return [...found, { path: '', sentence: 'The schema is too large to check the whole of the answer.' }];
}

type Findings = Violation[];
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isList = (value: unknown): value is unknown[] => Array.isArray(value);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !isList(value);

class Check {
  steps = 0;
  constructor(private readonly root: JsonSchema) {}

  at(given: unknown, value: unknown, path: string): Findings {
    this.steps += 1;
    if (given === false) return [{ path, sentence: 'Nothing is allowed here.' }];
    if (this.steps > mostSteps || !isObject(given)) return [];
    const schema = given as JsonSchema;
    return [
      ...this.reference(schema, value, path),
      ...single(schema, value, path),
      ...this.combined(schema, value, path),
      ...(isObject(value) ? this.object(schema, value, path) : []),
      ...(isList(value) ? this.list(schema, value, path) : []),
    ];
  }

  private reference({ $ref }: JsonSchema, value: unknown, path: string): Findings {
    if (typeof $ref !== 'string') return [];
    const target = pointedAt(this.root, $ref);
    return target ? this.at(target, value, path) : [{ path, sentence: `${$ref} is not in the schema.` }];
  }

  private fits(schema: unknown, value: unknown, path: string): boolean {
    return this.at(schema, value, path).length === 0;
  }

  private combined(schema: JsonSchema, value: unknown, path: string): Findings {
    const found: Findings = [];
    const refuse = (sentence: string) => found.push({ path, sentence });
    if (isList(schema.allOf)) found.push(...schema.allOf.flatMap((one) => this.at(one, value, path)));
    if (isList(schema.anyOf) && !schema.anyOf.some((one) => this.fits(one, value, path)))
      refuse('It fits no alternative.');
    if (isList(schema.oneOf)) {
      const fitting = schema.oneOf.filter((one) => this.fits(one, value, path)).length;
      if (fitting !== 1) refuse(`It fits ${fitting} of the alternatives, and one is asked.`);
    }
    if (schema.not !== undefined && this.fits(schema.not, value, path)) refuse('It is what the schema rules out.');
    if (schema.if !== undefined) {
      const branch = this.fits(schema.if, value, path) ? schema.then : schema.else;
      if (branch !== undefined) found.push(...this.at(branch, value, path));
    }
    return found;
  }

  private object(schema: JsonSchema, value: Readonly<Record<string, unknown>>, path: string): Findings {
    const properties = factsOf(schema.properties);
    const patterned = Object.entries(factsOf(schema.patternProperties));
    const names = Object.keys(value);
    const required = isList(schema.required) ? (schema.required as string[]) : [];
    const dependent = Object.entries(factsOf(schema.dependentRequired)).flatMap(([name, others]) =>
      Object.hasOwn(value, name) && isList(others) ? (others as string[]) : [],
    );
    const found: Findings = [...required, ...dependent]
      .filter((name) => !Object.hasOwn(value, name))
      .map((name) => ({ path: pointerTo(path, name), sentence: 'It is required, and absent.' }));
    for (const name of names) {
      const inside = pointerTo(path, name);
      const own = Object.hasOwn(properties, name) ? [properties[name]] : [];
      const matching = patterned.flatMap(([pattern, one]) => (safePattern(pattern)?.test(name) ? [one] : []));
      const rest = own.length + matching.length === 0 ? [schema.additionalProperties ?? true] : [];
      found.push(...[...own, ...matching, ...rest].flatMap((one) => this.at(one, value[name], inside)));
      if (schema.propertyNames !== undefined) found.push(...this.at(schema.propertyNames, name, inside));
    }
    for (const [name, dependency] of Object.entries(factsOf(schema.dependentSchemas))) {
      if (Object.hasOwn(value, name)) found.push(...this.at(dependency, value, path));
    }
    return [...found, ...counted(path, names.length, schema.minProperties, schema.maxProperties, 'properties')];
  }

  private list(schema: JsonSchema, value: readonly unknown[], path: string): Findings {
    const first: readonly unknown[] = isList(schema.prefixItems) ? schema.prefixItems : [];
    const found = value.flatMap((one, index) => this.at(first[index] ?? schema.items ?? true, one, `${path}/${index}`));
    if (schema.uniqueItems === true && new Set(value.map(canonical)).size < value.length) {
      found.push({ path, sentence: 'An entry stands there twice.' });
    }
    if (schema.contains !== undefined) {
      const held = value.filter((one) => this.fits(schema.contains, one, path)).length;
      found.push(
        ...counted(path, held, schema.minContains ?? 1, schema.maxContains, 'entries of the kind that is asked'),
      );
    }
    return [...found, ...counted(path, value.length, schema.minItems, schema.maxItems, 'entries')];
  }
}

/** What a schema says of one value by itself: its type, its choices, its bounds. */
function single(schema: JsonSchema, value: unknown, path: string): Findings {
  const found: Findings = [];
  const refuse = (sentence: string) => found.push({ path, sentence });
  const types = [schema.type ?? []].flat() as string[];
  if (types.length > 0 && !types.some((type) => isOfType(type, value))) refuse(`It is no ${types.join(' or ')}.`);
  const choices = 'const' in schema ? [schema.const] : schema.enum;
  if (isList(choices) && !choices.some((one) => isEqual(one, value))) refuse('It is no choice of the schema.');
  if (typeof value === 'string') {
    found.push(...counted(path, [...value].length, schema.minLength, schema.maxLength, 'characters'));
    if (typeof schema.pattern === 'string' && safePattern(schema.pattern)?.test(value) === false) {
      refuse(`It does not match ${schema.pattern}.`);
    }
    if (schema.format === 'date' && !/^\d{4}-\d{2}-\d{2}$/.test(value)) refuse('It is no date as YYYY-MM-DD.');
  }
  if (!isNumber(value)) return found;
  const { minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: below, multipleOf: step } = schema;
  if (isNumber(minimum) && value < minimum) refuse(`It is less than ${minimum}.`);
  if (isNumber(maximum) && value > maximum) refuse(`It is more than ${maximum}.`);
  if (isNumber(above) && value <= above) refuse(`It is not more than ${above}.`);
  if (isNumber(below) && value >= below) refuse(`It is not less than ${below}.`);
  if (isNumber(step) && step > 0 && !isMultiple(value, step)) refuse(`It is no multiple of ${step}.`);
  return found;
}

function isOfType(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return isList(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return isNumber(value) && Number.isInteger(value);
  return typeof value === type;
}

/** 0.3 is a multiple of 0.1, whatever their binary fractions say. */
const isMultiple = (value: number, step: number): boolean => {
  const times = value / step;
  return Math.abs(times - Math.round(times)) <= 1e-9 * Math.max(1, Math.abs(times));
};

function counted(path: string, count: number, least: unknown, most: unknown, of: string): Findings {
  if (isNumber(least) && count < least) return [{ path, sentence: `It has ${count} ${of}, fewer than ${least}.` }];
  return isNumber(most) && count > most ? [{ path, sentence: `It has ${count} ${of}, more than ${most}.` }] : [];
}

const isEqual = (one: unknown, other: unknown): boolean =>
  one === other || (typeof one === 'object' && one !== null && canonical(one) === canonical(other));

/** Equal values have equal texts, in whatever order their members stand. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  ) ?? 'undefined';
