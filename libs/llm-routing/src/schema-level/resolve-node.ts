import type { JsonSchema } from '@waybill/contracts';
import { factsOf, pointedAt } from '@waybill/extraction';
import { mostPlaces, type Lowering } from './lowered.js';

/** A place without its references; `endless` where it contains itself, or refers to what is not there. */
export type Resolved =
  { readonly kind: 'node'; readonly node: JsonSchema; readonly at: Lowering } | { readonly kind: 'endless' };

const mostReferences = 12;

/** Follows references inside the schema, and takes parts that hold together as one. */
export function resolveNode(node: JsonSchema, at: Lowering): Resolved {
  at.spent.places += 1;
  if (at.spent.places > mostPlaces) return { kind: 'endless' };
  const reference = node.$ref;
  if (typeof reference === 'string') {
    const target = pointedAt(at.root, reference);
    if (!target || at.open.includes(reference) || at.open.length >= mostReferences) return { kind: 'endless' };
    const { $ref: _reference, ...own } = node;
    return resolveNode({ ...target, ...own }, { ...at, open: [...at.open, reference] });
  }
  if (!Array.isArray(node.allOf)) return { kind: 'node', node, at };
  const { allOf, ...own } = node;
  const parts = [...(allOf as unknown[]), own].map((part) => resolveNode(factsOf(part), at));
  const nodes = parts.map((part) => (part.kind === 'node' ? part.node : undefined));
  if (!nodes.every((part) => part !== undefined) || !canJoin(nodes)) return { kind: 'endless' };
  return { kind: 'node', node: joined(nodes), at };
}

/** Objects are joined by their properties, other parts where no two of them speak of the same. */
function canJoin(nodes: readonly JsonSchema[]): boolean {
  const joinable = new Set(['properties', 'required', 'description', 'title']);
  const names = nodes.flatMap((node) => Object.keys(node).filter((name) => !joinable.has(name)));
  const same = (name: string) => new Set(nodes.flatMap((node) => JSON.stringify(node[name]) ?? [])).size < 2;
  const properties = nodes.flatMap((node) => Object.keys(factsOf(node.properties)));
  return new Set(properties).size === properties.length && names.every(same);
}

const joined = (nodes: readonly JsonSchema[]): JsonSchema => {
  const properties = nodes.flatMap((node) => Object.entries(factsOf(node.properties)));
  const required = nodes.flatMap((node) => (Array.isArray(node.required) ? (node.required as unknown[]) : []));
  return {
    ...(Object.assign({}, ...nodes) as JsonSchema),
    ...(properties.length > 0 ? { properties: Object.fromEntries(properties), required: [...new Set(required)] } : {}),
  };
};
