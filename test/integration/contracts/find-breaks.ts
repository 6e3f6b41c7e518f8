import type { SchemaDocument } from '@waybill/contracts';

type Node = SchemaDocument | boolean;
/** A schema with the document that its references point into. */
interface Side {
  readonly node: SchemaDocument;
  readonly root: SchemaDocument;
}

/**
 * Where a message that is valid by the writer's JSON Schema could be refused by the reader's, a sentence each; none when
 * everything is accepted. It knows the keywords that schemas of the contracts have, and takes others to be broken when
 * they differ.
 */
export function findBreaks(written: SchemaDocument, read: SchemaDocument): string[] {
  return breaksAt('', { node: written, root: written }, { node: read, root: read });
}

function breaksAt(path: string, written: Side, read: Side): string[] {
  const [from, to] = [resolved(written), resolved(read)];
  if (sameSchema(from, to) || isAnything(to)) return [];
  if (isAnything(from)) return [`${path || 'the message'}: anything was written, and now only some is read`];
  const writtenOptions = optionsOf(from);
  if (writtenOptions) return writtenOptions.flatMap((option) => breaksAt(path, option, to));
  const readOptions = optionsOf(to);
  if (readOptions) return closest(readOptions.map((option) => breaksAt(path, from, option)));
  return [
    ...breaksOfValues(path, from, to),
    ...breaksOfLimits(path, from, to),
    ...breaksOfItems(path, from, to),
    ...breaksOfProperties(path, from, to),
  ];
}

function resolved(side: Side): Side {
  const reference = side.node['$ref'];
  if (typeof reference !== 'string') return side;
  const found = reference
    .split('/')
    .slice(1)
    .reduce<unknown>((node, key) => (node as SchemaDocument)[key], side.root);
  return resolved({ ...side, node: found as SchemaDocument });
}

const sameSchema = (one: Side, other: Side): boolean =>
  !JSON.stringify(one.node).includes('"$ref"') && JSON.stringify(one.node) === JSON.stringify(other.node);

const isAnything = ({ node }: Side): boolean => Object.keys(node).every((key) => annotations.includes(key));
const annotations = ['$schema', '$id', 'id', 'default', 'description', 'title', '$defs'];

function optionsOf({ node, root }: Side): Side[] | undefined {
  const options = (node['anyOf'] ?? node['oneOf']) as SchemaDocument[] | undefined;
  return options?.map((option) => ({ node: option, root }));
}

const closest = (attempts: readonly string[][]): string[] =>
  attempts.reduce((best, attempt) => (attempt.length < best.length ? attempt : best));

function breaksOfValues(path: string, { node: from }: Side, { node: to }: Side): string[] {
  const [writes, reads] = [valuesOf(from), valuesOf(to)];
  const place = path || 'the message';
  if (reads && !writes)
    return [`${place}: any ${said(from['type'])} was written, and now only ${reads.join(', ')} is read`];
  if (reads && writes) {
    const unknown = writes.filter((value) => !reads.includes(value));
    return unknown.length === 0 ? [] : [`${place}: ${unknown.join(', ')} is not read`];
  }
  const types = to['type'] === 'number' ? ['number', 'integer'] : [to['type']];
  return to['type'] === undefined || types.includes(from['type'] ?? typeof from['const'])
    ? []
    : [`${place}: ${said(from['type'])} was written, and now ${said(to['type'])} is read`];
}

const said = (type: unknown): string => (typeof type === 'string' ? type : JSON.stringify(type));

function valuesOf(node: SchemaDocument): string[] | undefined {
  const values = 'const' in node ? [node['const']] : (node['enum'] as unknown[] | undefined);
  return values?.map((value) => JSON.stringify(value));
}

const lowest = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const highest = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
const exact = [
  'pattern',
  'format',
  'contentEncoding',
  'multipleOf',
  'propertyNames',
  'uniqueItems',
  'allOf',
  'not',
  'if',
];

function breaksOfLimits(path: string, { node: from }: Side, { node: to }: Side): string[] {
  const narrower = (key: string, isWithin: (writes: number, reads: number) => boolean): boolean =>
    to[key] !== undefined && !(typeof from[key] === 'number' && isWithin(from[key], to[key] as number));
  const wrong = [
    ...lowest.filter((key) => narrower(key, (writes, reads) => writes >= reads)),
    ...highest.filter((key) => narrower(key, (writes, reads) => writes <= reads)),
    ...exact.filter((key) => to[key] !== undefined && JSON.stringify(to[key]) !== JSON.stringify(from[key])),
  ];
  // A list of values says all there is to say of each.
  if (valuesOf(from)) return [];
  return wrong.map(
    (key) =>
      `${path || 'the message'}: ${key} is ${JSON.stringify(to[key])}, and was ${JSON.stringify(from[key]) ?? 'not set'}`,
  );
}

function breaksOfItems(path: string, from: Side, to: Side): string[] {
  const below = (node: unknown, { root }: Side): Side => ({ node: asSchema(node as Node), root });
  const [writes, reads] = [from.node, to.node];
  const places = (reads['prefixItems'] as unknown[] | undefined) ?? [];
  const written = (writes['prefixItems'] as unknown[] | undefined) ?? [];
  const fixed = places.flatMap((item, index) =>
    breaksAt(`${path}[${index}]`, below(written[index] ?? writes['items'] ?? {}, from), below(item, to)),
  );
  if (reads['items'] === undefined) return fixed;
  return [...fixed, ...breaksAt(`${path}[]`, below(writes['items'] ?? {}, from), below(reads['items'], to))];
}

const asSchema = (node: Node): SchemaDocument => (typeof node === 'boolean' ? (node ? {} : { not: {} }) : node);

function breaksOfProperties(path: string, from: Side, to: Side): string[] {
  const at = (name: string): string => (path ? `${path}.${name}` : name);
  const [writes, reads] = [propertiesOf(from.node), propertiesOf(to.node)];
  const missing = requiredOf(to.node).filter((name) => !requiredOf(from.node).includes(name));
  const rest = to.node['additionalProperties'] as Node | undefined;
  const known = Object.entries(writes).flatMap(([name, node]) => {
    const reader = reads[name] ?? (rest === undefined ? {} : asSchema(rest));
    if (reads[name] === undefined && rest === false) return [`${at(name)}: is written, and its reader refuses it`];
    return breaksAt(at(name), { ...from, node }, { ...to, node: reader });
  });
  const others = from.node['additionalProperties'] as Node | undefined;
  const open =
    typeof others === 'object' && typeof rest === 'object'
      ? breaksAt(at('*'), { ...from, node: others }, { ...to, node: rest })
      : [];
  return [...missing.map((name) => `${at(name)}: is required, and may be missing`), ...known, ...open];
}

const propertiesOf = (node: SchemaDocument) => (node['properties'] ?? {}) as Readonly<Record<string, SchemaDocument>>;
const requiredOf = (node: SchemaDocument) => (node['required'] ?? []) as readonly string[];
