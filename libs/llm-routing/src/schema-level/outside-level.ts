import type { JsonSchema } from '@waybill/contracts';
import { factsOf } from '@waybill/extraction';
import { keptLimits } from './kept-limits.js';
import { limitKeywords, type SchemaLevel } from './schema-level.js';

const structure = new Set([
  'type',
  'description',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'anyOf',
]);
const limits = new Set<string>([...limitKeywords, 'format']);

/** What of a schema a level does not take, as sentences with the place; none where it takes all of it. */
export function outsideLevel(root: JsonSchema, level: SchemaLevel): string[] {
  const found: string[] = [];
  const totals = { unions: 0, properties: 0, choices: 0, depth: 0 };
  const look = (node: JsonSchema, path: string, depth: number): void => {
    const refuse = (what: string) => found.push(`${path || '/'}: ${what}`);
    for (const name of Object.keys(node))
      if (!structure.has(name) && !limits.has(name)) refuse(`"${name}" is not known`);
    const types = [node.type ?? []].flat() as string[];
    const real = types.filter((type) => type !== 'null');
    const { limits: kept } = keptLimits(node, real, level);
    for (const name of limits) if (name in node && !(name in kept)) refuse(`"${name}" is not taken`);
    if (types.length > 1 || node.anyOf !== undefined) totals.unions += 1;
    if (node.anyOf !== undefined && !level.alternatives) refuse('alternatives are not taken');
    if (types.length === 0 && node.anyOf === undefined) refuse('its type is not stated');
    if (Array.isArray(node.enum)) {
      const choices = (node.enum as unknown[]).filter((choice) => choice !== null);
      totals.choices += choices.length;
      const kinds = new Set(choices.map((choice) => typeof choice));
      if (kinds.size > 1 || (level.choices === 'text' && kinds.size > 0 && !kinds.has('string'))) {
        refuse('its choices are of a type that is not taken');
      }
    }
    const properties = Object.entries(factsOf(node.properties));
    totals.properties += properties.length;
    if (types.includes('object')) {
      totals.depth = Math.max(totals.depth, depth + 1);
      const required = new Set(Array.isArray(node.required) ? (node.required as unknown[]) : []);
      if (node.additionalProperties !== false) refuse('the object is not closed');
      if (level.everyProperty && properties.some(([name]) => !required.has(name))) refuse('a property is not required');
    }
    for (const [name, inner] of properties) look(factsOf(inner), `${path}/${name}`, depth + 1);
    if (node.items !== undefined) look(factsOf(node.items), `${path}/*`, depth);
    if (Array.isArray(node.anyOf)) for (const one of node.anyOf) look(factsOf(one), path, depth);
  };
  look(root, '', 0);
  if (root.type !== 'object') found.push('/: the top is no object');
  for (const [what, most] of Object.entries(level.most) as [keyof typeof totals, number | undefined][]) {
    if (most !== undefined && totals[what] > most) found.push(`/: ${totals[what]} ${what}, and ${most} are taken`);
  }
  return found;
}
