import { z, type ZodType } from 'zod';

export type SchemaDocument = Readonly<Record<string, unknown>>;

/** JSON Schemas (2020-12) that refer to each other by `#/components/schemas/<name>`. */
export interface SchemaCatalog {
  readonly components: Readonly<Record<string, SchemaDocument>>;
  /** The schema itself, or a reference to it when it has a name. */
  of(schema: ZodType): SchemaDocument;
}

const path = (name: string): string => `#/components/schemas/${name}`;

/** Schemas as a writer must meet them: what has a default may be left out. */
export function buildSchemaCatalog(named: Readonly<Record<string, ZodType>>): SchemaCatalog {
  const registry = z.registry<{ id: string }>();
  const names = new Map<ZodType, string>();
  for (const [name, schema] of Object.entries(named)) {
    registry.add(schema, { id: name });
    names.set(schema, name);
  }
  const { schemas } = z.toJSONSchema(registry, { uri: path, io: 'input', override: plain });
  const components = Object.entries(schemas).map(([name, schema]) => [name, embedded(schema)] as const);
  return {
    components: Object.fromEntries<SchemaDocument>(components),
    of(schema) {
      const name = names.get(schema);
      return name
        ? { $ref: path(name) }
        : embedded(z.toJSONSchema(schema, { io: 'input', metadata: registry, override: plain }));
    },
  };
}

/** Components are addressed by their place in the document, so they carry no ids and no definitions of their own. */
function embedded(schema: object): SchemaDocument {
  const pointed = JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/');
  const {
    $schema: _dialect,
    $id: _id,
    id: _name,
    $defs: _definitions,
    ...rest
  } = JSON.parse(pointed) as SchemaDocument;
  return rest;
}

/** Leaves out what a format or a type says already. */
function plain({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}
