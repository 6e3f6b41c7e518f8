import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { violationsOf } from '@waybill/extraction';
import { shippedCatalog } from '../catalog/shipped-catalog.js';
import { lowerSchema } from './lower-schema.js';
import { outsideLevel } from './outside-level.js';
import { commonLevel, type SchemaLevel } from './schema-level.js';
import { schemaLevelOf } from './schema-level-of.js';

type Schema = Readonly<Record<string, unknown>>;
const levels: SchemaLevel[] = [commonLevel, ...shippedCatalog.schemaLevels];
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });

const small = fc.integer({ min: 0, max: 4 });
const names = fc.constantFrom('a', 'b/c', 'd~e', 'total', 'when');
const choices = fc.constantFrom(['x', 'y'], [1, 2], ['x', 1, null], [true, 'x'], ['', 'z'], [null, 2.5]);
const described = fc.record({ description: fc.constant('What is meant.') }, { requiredKeys: [] });
const text = fc.record(
  {
    ...{ type: fc.constantFrom('string', ['string', 'null']), minLength: small, maxLength: fc.constant(9) },
    pattern: fc.constantFrom('^[a-z0-9 -]*$', 'x?', '^(?=.)'),
    format: fc.constantFrom('date-time', 'email', 'iban'),
  },
  { requiredKeys: ['type'] },
);
const number = fc.record(
  {
    type: fc.constantFrom('number', 'integer', ['integer', 'null'], ['number', 'string']),
    ...{ minimum: small, exclusiveMaximum: fc.constant(50), multipleOf: fc.constantFrom(1, 0.5) },
  },
  { requiredKeys: ['type'] },
);
const leaf = fc.oneof(
  ...[text, number, fc.constant({ type: 'boolean' }), choices.map((enumeration) => ({ enum: enumeration }))],
  ...[fc.constant({ const: 'fixed' }), fc.constant({}), fc.constant({ type: 'object' })],
  ...[fc.constant({ $ref: '#/$defs/part' }), fc.constant({ type: 'array', prefixItems: [{ type: 'string' }] })],
);

/** Schemas as clients write them: nested, with optional places, references, alternatives, bounds, and what contains itself. */
const anySchema: fc.Arbitrary<Schema> = fc.letrec<{ node: Schema }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc.tuple(leaf, described).map(([node, said]) => ({ ...node, ...said })),
    fc.record(
      { type: fc.constant('array'), items: tie('node'), maxItems: fc.constant(3) },
      { requiredKeys: ['type', 'items'] },
    ),
    fc
      .tuple(fc.dictionary(names, tie('node'), { minKeys: 1, maxKeys: 4 }), fc.subarray(['a', 'total', 'when']))
      .map(([properties, required]) => ({
        ...{ type: 'object', properties },
        required: required.filter((name) => Object.hasOwn(properties, name)),
      })),
    fc.tuple(tie('node'), tie('node')).map((nodes) => ({ anyOf: [...nodes, { type: 'null' }] })),
    fc.tuple(tie('node')).map(([one]) => ({ oneOf: [one, { type: 'null' }] })),
    fc.tuple(fc.dictionary(names, leaf, { minKeys: 1, maxKeys: 2 })).map(([properties]) => ({
      allOf: [{ type: 'object', properties }, { required: Object.keys(properties) }],
    })),
  ),
})).node;
const part = {
  type: 'object',
  properties: { name: { type: 'string' }, parts: { type: 'array', items: { $ref: '#/$defs/part' } } },
  required: ['name'],
};
const anyRoot = anySchema.map((node) => ({ ...node, $defs: { part } }));
const anyLevel = fc.constantFrom(...levels);

/** An answer as a model gives it that is held to a schema: now this choice, now that, sometimes null where it may be. */
function answerTo(node: Schema, draw: () => number): unknown {
  if (Array.isArray(node.anyOf)) return answerTo(node.anyOf[draw() % node.anyOf.length] as Schema, draw);
  if (Array.isArray(node.enum)) return (node.enum as unknown[])[draw() % node.enum.length];
  const types = [node.type].flat() as string[];
  switch (types[draw() % types.length]) {
    case 'object':
      return Object.fromEntries(
        Object.entries(node.properties as Record<string, Schema>)
          .filter(([name]) => (node.required as string[]).includes(name) || draw() % 2 === 0)
          .map(([name, inner]) => [name, answerTo(inner, draw)]),
      );
    case 'array':
      return Array.from({ length: draw() % 4 }, () => answerTo(node.items as Schema, draw));
    case 'string':
      return ['', 'x', '12', 'true', '{"name":"n"}', '["x"]', 'x'.repeat(12)][draw() % 7];
    case 'boolean':
      return draw() % 2 === 0;
    case 'null':
      return null;
    default:
      return [0, 1, 2.5, 60][draw() % 4];
  }
}
const seeded = (seed: readonly number[]) => {
  let next = 0;
  return () => seed[next++ % seed.length] ?? 0;
};

describe('the level of a schema', () => {
  it('takes every schema once it is lowered to it, or says that it does not fit', () => {
    fc.assert(
      fc.property(anyRoot, anyLevel, (schema, level) => {
        const { schema: lowered, fits } = lowerSchema(schema, level);
        const outside = outsideLevel(lowered, level);
        if (fits) expect(outside).toEqual([]);
        else expect(outside.every((sentence) => /, and \d+ are taken$/.test(sentence))).toBe(true);
      }),
    );
  });

  it('gives an answer back that fits the client’s own schema, or what is wrong with it is said', () => {
    fc.assert(
      fc.property(anyRoot, anyLevel, fc.array(fc.nat(), { minLength: 5 }), (schema, level, seed) => {
        const { schema: lowered, raise } = lowerSchema(schema, level);
        const answer = answerTo(lowered, seeded(seed));
        const raised = raise(answer);
        const isValid = ajv.validate(schema, raised);
        expect(violationsOf(schema, raised).length === 0).toBe(isValid);
      }),
    );
  });

  it('has nothing to say of a right answer, however it had to be asked for', () => {
    fc.assert(
      fc.property(anyLevel, fc.array(fc.nat(), { minLength: 5 }), (level, seed) => {
        const { schema: lowered, raise } = lowerSchema(patient, level);
        expect(violationsOf(patient, raise(answerTo(lowered, seeded(seed))))).toEqual([]);
      }),
    );
  });
});

/** No bound that a level may have to leave to words. */
const patient: Schema = {
  type: 'object',
  properties: {
    count: { type: 'integer', enum: [1, 2] },
    mixed: { enum: ['a', 1, null] },
    amount: { type: 'boolean' },
    note: { type: ['string', 'null'] },
    lines: { type: 'array', items: { type: 'object', properties: { text: { type: 'string' } }, required: [] } },
    address: { $ref: '#/$defs/address' },
  },
  required: ['count'],
  $defs: { address: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } },
};

const levelNamed = (id: string): SchemaLevel => levels.find((level) => level.id === id)!;
const lowered = (properties: Record<string, Schema>, id: string, required: string[] = Object.keys(properties)) =>
  lowerSchema({ type: 'object', properties, required }, levelNamed(id));
const place = (schema: Schema, name: string) => (schema.properties as Record<string, Schema>)[name]!;

describe('lowerSchema', () => {
  it('keeps the bounds that a provider takes, and says the others', () => {
    const amount = { type: 'number', minimum: 0, description: 'To pay.' };
    expect(place(lowered({ amount }, 'openai').schema, 'amount')).toEqual(amount);
    expect(place(lowered({ amount }, 'claude').schema, 'amount')).toEqual({
      ...{ type: 'number', description: 'To pay. At least 0.' },
    });
    const code = { type: 'string', pattern: '^[A-Z]{2}$', maxLength: 2 };
    expect(place(lowered({ code }, 'gbnf').schema, 'code')).toEqual(code);
    expect(place(lowered({ code }, 'xgrammar').schema, 'code')).toEqual({
      ...{ type: 'string', pattern: '^[A-Z]{2}$', description: 'At most 2 characters.' },
    });
    const day = { type: 'string', format: 'date' };
    expect(place(lowered({ day }, 'mistral').schema, 'day')).toEqual({ type: 'string', description: 'As YYYY-MM-DD.' });
  });

  it('requires what may be absent as null where everything has to be required, and leaves it out again', () => {
    const { schema, raise } = lowered({ note: { type: 'string' } }, 'openai', []);
    expect(schema).toMatchObject({ required: ['note'], properties: { note: { type: ['string', 'null'] } } });
    expect(raise({ note: null })).toEqual({});
    expect(lowered({ note: { type: 'string' } }, 'xai', []).schema).toMatchObject({ required: [] });
  });

  it('writes as text what is one place too many that may be null, and makes values of it again', () => {
    const many = Object.fromEntries(Array.from({ length: 18 }, (_, at) => [`n${at}`, { type: ['number', 'null'] }]));
    const { schema, raise } = lowered(many, 'claude');
    expect(place(schema, 'n15').type).toEqual(['number', 'null']);
    expect(place(schema, 'n16')).toEqual({
      ...{ type: 'string', description: 'A number, written as text. Empty where there is none.' },
    });
    expect(raise({ n15: 1, n16: '-2.50', n17: '' })).toEqual({ n15: 1, n16: -2.5, n17: null });
  });

  it('asks for maps, tuples and what contains itself as JSON in a text', () => {
    const map = { type: 'object', additionalProperties: { type: 'number' } };
    const { schema, raise } = lowered({ map }, 'openai');
    expect(place(schema, 'map').type).toBe('string');
    expect(place(schema, 'map').description).toContain('{"type":"number"}');
    expect(raise({ map: '{"a":1}' })).toEqual({ map: { a: 1 } });
    expect(raise({ map: 'no JSON' })).toEqual({ map: 'no JSON' });
  });

  it('wraps what is no object at the top, and takes it out again', () => {
    const { schema, raise } = lowerSchema({ type: 'array', items: { type: 'string' } }, commonLevel);
    expect(schema).toMatchObject({ type: 'object', required: ['answer'] });
    expect(raise({ answer: ['a'] })).toEqual(['a']);
  });

  it('does not follow to its end what is made to have none', () => {
    const doubled = Object.fromEntries(
      Array.from({ length: 11 }, (_, at) => [`s${at}`, { allOf: Array(10).fill({ $ref: `#/$defs/s${at + 1}` }) }]),
    );
    const schema = { type: 'object', properties: { a: { $ref: '#/$defs/s0' } }, $defs: { ...doubled, s11: {} } };
    const { schema: sent, fits } = lowerSchema(schema, commonLevel);
    expect([fits, place(sent, 'a').type]).toEqual([false, 'string']);
    const self = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`p${at}`, { $ref: '#' }]));
    expect(lowerSchema({ type: 'object', properties: self }, commonLevel).fits).toBe(false);
  });

  it('says of what is too large for a level that it does not fit', () => {
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`n${at}`, { type: 'number' }]));
    expect(lowered(many, 'azure-openai').fits).toBe(false);
    expect(lowered(many, 'openai').fits).toBe(true);
  });
});

describe('violationsOf', () => {
  it('agrees with a validator of the whole vocabulary', () => {
    // Apart, because the validator's own code for both together is broken.
    const patterned = { patternProperties: { '^d': { type: 'number' } }, additionalProperties: { minLength: 1 } };
    const combined = fc.oneof(
      anySchema.map((node) => ({
        ...{ $defs: { part }, if: { required: ['a'] }, then: node, not: { required: ['total', 'when'] } },
        ...{ minProperties: 1, dependentRequired: { a: ['when'] }, contains: { type: 'number' }, maxContains: 1 },
      })),
      fc.constant({ ...patterned, propertyNames: { maxLength: 4 } }),
    );
    const value = fc.oneof(fc.jsonValue(), fc.dictionary(names, fc.oneof(small, fc.constantFrom('x', null, true, []))));
    fc.assert(
      fc.property(combined, value, (schema, given) => {
        expect(violationsOf(schema, given).length === 0).toBe(ajv.validate(schema, given));
      }),
    );
  });

  it('ends, and says so, where a schema is made to keep it busy', () => {
    const doubled = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [
        `s${at}`,
        { allOf: [{ $ref: `#/$defs/s${at + 1}` }, { $ref: `#/$defs/s${at + 1}` }] },
      ]),
    );
    const found = violationsOf({ $ref: '#/$defs/s0', $defs: { ...doubled, s40: {} } }, 1);
    expect(found.map(({ sentence }) => sentence)).toEqual([
      'The schema is too large to check the whole of the answer.',
    ]);
  });
});

describe('schemaLevelOf', () => {
  it('goes by the model, by its provider, and is the common one where neither says', () => {
    const models = shippedCatalog.models.map((card) => [card.id, schemaLevelOf(shippedCatalog, card).id] as const);
    expect(new Map(models)).toEqual(
      new Map([...models, ['openai/gpt-5.5-2026-04-23', 'openai'], ['qwen/qwen-flash-2025-07-28', 'common']]),
    );
    expect(schemaLevelOf(shippedCatalog, { provider: 'openai', schemaLevel: 'xai' }).id).toBe('xai');
    expect(schemaLevelOf(shippedCatalog, { provider: 'elsewhere' })).toEqual(commonLevel);
  });
});
