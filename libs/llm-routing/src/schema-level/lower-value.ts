import type { JsonSchema } from '@waybill/contracts';
import { asItCame, takesUnion, type Lowered, type Lowering, type Raise } from './lowered.js';
import { keptLimits } from './kept-limits.js';
import { withSentences } from './say-limit.js';

/** What a value may be: types without null, and choices without null. */
export interface ValueShape {
  readonly types: readonly string[];
  readonly choices: readonly unknown[];
  readonly mayBeNull: boolean;
}

/** A single value: with null by a list of types, or as text that is empty for nothing. */
export function lowerValue(node: JsonSchema, shape: ValueShape, at: Lowering): Lowered {
  const { level, spent } = at;
  const choices = shape.choices.length > 0 ? shape.choices : undefined;
  const isListed = choices !== undefined && spent.choices + choices.length <= (level.most.choices ?? Infinity);
  if (isListed) spent.choices += choices.length;
  const types = choices ? typesOfChoices(choices) : shape.types;
  const isText = types.length === 1 && types[0] === 'string';
  const mustBeText = choices !== undefined && !isText && (level.choices === 'text' || types.length > 1);
  const needsUnion = shape.mayBeNull || types.length > 1;
  const asText = mustBeText ? shape.mayBeNull && !takesUnion(at) : needsUnion && !takesUnion(at);
  const isWritten = mustBeText || (asText && !isText);
  const type = isWritten || asText ? 'string' : types.length === 1 ? types[0] : types;
  const listed = isListed ? choices.map((choice) => (isWritten ? String(choice) : choice)) : undefined;
  const none = shape.mayBeNull && !asText ? [null] : shape.mayBeNull ? [''] : [];
  const { limits, sentences } = keptLimits(node, isWritten || asText ? [] : types, at.level);
  const said = [
    ...sentences,
    ...(choices && !isListed ? [`One of ${JSON.stringify(choices)}.`] : []),
    ...(isWritten && !choices ? [`A ${types.join(' or ')}, written as text.`] : []),
    ...(asText && shape.mayBeNull ? ['Empty where there is none.'] : []),
  ];
  const schema: JsonSchema = {
    type: shape.mayBeNull && !asText ? [...[type ?? 'string'].flat(), 'null'] : type,
    ...withSentences(node.description, said),
    ...(listed ? { enum: [...new Set([...listed, ...none])] } : {}),
    ...limits,
  };
  return { schema, raise: raising({ ...shape, types }, { isWritten, asText }) };
}

function raising(
  { types, choices, mayBeNull }: ValueShape,
  { isWritten, asText }: { isWritten: boolean; asText: boolean },
): Raise {
  if (!isWritten && !asText) return asItCame;
  return (answer) => {
    if (typeof answer !== 'string') return answer;
    if (answer === '' && mayBeNull && asText) return null;
    if (!isWritten) return answer;
    const choice = choices.find((one) => String(one) === answer);
    return choice === undefined ? readAs(answer, types) : choice;
  };
}

/** A number or a truth that was written as text; every other text as it is. */
function readAs(text: string, types: readonly string[]): unknown {
  const isNumber = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text);
  if (isNumber && (types.includes('number') || types.includes('integer'))) return Number(text);
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

const typesOfChoices = (choices: readonly unknown[]): string[] => [...new Set(choices.map((choice) => typeof choice))];
