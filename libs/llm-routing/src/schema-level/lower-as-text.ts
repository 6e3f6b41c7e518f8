import type { JsonSchema } from '@waybill/contracts';
import type { Lowered } from './lowered.js';
import { withSentences } from './say-limit.js';

const longestSchema = 4_000;

/**
 * What a provider has no words for (maps, tuples, what contains itself) is asked for as a text that holds its JSON, and
 * taken out of it again. An empty text is nothing: null where something may be null, absent where it may be absent.
 */
export function lowerAsText(node: JsonSchema, mayBeNull: boolean): Lowered {
  const { description } = node;
  const schema = writtenOf(node);
  const shown = schema === undefined ? '' : ` It must fit this JSON Schema: ${schema}.`;
  const sentences = [
    `Written as a text that holds JSON.${shown}`,
    ...(mayBeNull ? ['Empty where there is none.'] : []),
  ];
  return {
    schema: { type: 'string', ...withSentences(description, sentences) },
    raise: (answer) => (answer === '' && mayBeNull ? null : parsed(answer)),
  };
}

/** What refers to itself is shown at many places and written once. */
const written = new WeakMap<JsonSchema, { readonly text: string | undefined }>();

/** Undefined where it is too long to be shown. */
function writtenOf(node: JsonSchema): string | undefined {
  const known = written.get(node);
  if (known) return known.text;
  const { description: _description, title: _title, ...rest } = node;
  const whole = JSON.stringify(rest);
  const text = whole.length > longestSchema ? undefined : whole;
  written.set(node, { text });
  return text;
}

function parsed(answer: unknown): unknown {
  if (typeof answer !== 'string') return answer;
  try {
    return JSON.parse(answer) as unknown;
  } catch {
    return answer;
  }
}
