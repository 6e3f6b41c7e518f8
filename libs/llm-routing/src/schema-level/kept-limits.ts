import type { JsonSchema } from '@waybill/contracts';
import { sayFormat, sayLimit } from './say-limit.js';
import { limitKeywords, type LimitKeyword, type SchemaLevel } from './schema-level.js';

const keywordsOf: Readonly<Record<string, readonly LimitKeyword[]>> = {
  string: ['pattern', 'minLength', 'maxLength'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  array: ['minItems', 'maxItems', 'uniqueItems'],
};
const bounds = new Set<LimitKeyword>(keywordsOf.number);

/** The keywords of one place that a level takes as they are, and sentences for those that it does not take. */
export function keptLimits(
  node: JsonSchema,
  types: readonly string[],
  level: SchemaLevel,
): { readonly limits: JsonSchema; readonly sentences: readonly string[] } {
  const known = types.flatMap((type) => keywordsOf[type === 'integer' ? 'number' : type] ?? []);
  const limits: Record<string, unknown> = {};
  const sentences: string[] = [];
  const format = typeof node.format === 'string' ? node.format : undefined;
  const isFormatKept = format !== undefined && types.includes('string') && level.formats.includes(format);
  if (isFormatKept) limits.format = format;
  else if (format !== undefined) sentences.push(sayFormat(format));
  for (const keyword of limitKeywords) {
    const bound = node[keyword];
    if (bound === undefined || bound === false) continue;
    const isKept = known.includes(keyword) && takes(level, keyword, bound, types);
    const isAlone = !isLength(keyword) || level.lengths === 'beside' || !('pattern' in limits || isFormatKept);
    if (isKept && isAlone) limits[keyword] = bound;
    else sentences.push(sayLimit(keyword, bound));
  }
  return { limits, sentences };
}

const isLength = (keyword: LimitKeyword): boolean => keyword === 'minLength' || keyword === 'maxLength';

function takes(level: SchemaLevel, keyword: LimitKeyword, bound: unknown, types: readonly string[]): boolean {
  if (!level.limits.includes(keyword)) return false;
  if (bounds.has(keyword) && level.bounded === 'integers' && types.includes('number')) return false;
  return keyword !== 'pattern' || isPassable(String(bound), level);
}

/** Patterns that all engines read alike: no groups with a question mark, no references back, no classes of Unicode. */
function isPassable(pattern: string, { patterns }: SchemaLevel): boolean {
  if (/\(\?|\\[1-9bBpPkuc]/.test(pattern)) return false;
  if (patterns === 'whole' && !(pattern.startsWith('^') && pattern.endsWith('$'))) return false;
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}
