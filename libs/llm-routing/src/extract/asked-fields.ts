import type { JsonSchema } from '@waybill/contracts';
import { pointerTo, readSchemaNode } from '@waybill/extraction';

/** A value, or a whole list, that a schema asks for: the smallest thing that is asked for again when it is in doubt. */
export interface AskedField {
  /** JSON Pointer into the values. */
  readonly pointer: string;
  readonly schema: JsonSchema;
  readonly shape: 'leaf' | 'list';
  /** Values of one row of a list; 1 for a single value. */
  readonly leaves: number;
}

const mostDepth = 8;
/** Of schemas that are still in use; the built-in ones always are. */
const known = new WeakMap<JsonSchema, readonly AskedField[]>();

/** Everything that a schema asks for, in its order. */
export function askedFields(root: JsonSchema): readonly AskedField[] {
  const found = known.get(root) ?? fieldsOf(root);
  known.set(root, found);
  return found;
}

function fieldsOf(root: JsonSchema): AskedField[] {
  const gather = (schema: JsonSchema, pointer: string, depth: number): AskedField[] => {
    const node = readSchemaNode(schema, root);
    if (depth >= mostDepth) return [];
    if (node.shape === 'object') {
      return node.properties.flatMap(([name, inner]) => gather(inner, pointerTo(pointer, name), depth + 1));
    }
    const leaves = node.shape === 'array' ? Math.max(1, gather(node.items, '', depth + 1).length) : 1;
    return [{ pointer, schema, shape: node.shape === 'array' ? 'list' : 'leaf', leaves }];
  };
  return gather(root, '', 0).filter(({ pointer }) => pointer !== '');
}

export const partsOf = (path: string): string[] =>
  path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

/** Whether a path is the field or lies in it. */
export const belongsTo = (path: string, field: string): boolean => path === field || path.startsWith(`${field}/`);
