import type { JsonSchema } from '@waybill/contracts';

/** The JSON Pointer of what is called so, or is at this index, inside of what another points at. */
export const pointerTo = (parent: string, name: string | number): string =>
  `${parent}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** `#/$defs/address` in the schema itself; nothing is fetched. */
export function pointedAt(root: JsonSchema, reference: string): JsonSchema | undefined {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return undefined;
  const steps = reference.slice(2).split('/');
  const target = steps.reduce<unknown>((place, step) => {
    const facts: object = typeof place === 'object' && place !== null ? place : {};
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    return Object.hasOwn(facts, name) ? (facts as Record<string, unknown>)[name] : undefined;
  }, root);
  const isSchema = typeof target === 'object' && target !== null && !Array.isArray(target);
  return isSchema ? (target as JsonSchema) : undefined;
}
