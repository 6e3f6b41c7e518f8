import type { JsonSchema } from '@waybill/contracts';
import type { Lowered } from './lowered.js';
import { withSentences } from './say-limit.js';

const longestSchema = 4_000;

/**
 * What a provider has no words for (maps, tuples, what contains itself) is asked for as a text that holds its JSON, and
 * taken out of it again. An empty text is nothing: null where something may be null, absent where it may be absent.
 */
export function lowerAsText(node: JsonSchema, mayBeNull: boolean): Lowered {
  const { description, title: _title, ...rest } = node;
  const schema = JSON.stringify(rest);
  const shown = schema.length > longestSchema ? '' : ` It must fit this JSON Schema: ${schema}.`;
  const sentences = [
    `Written as a text that holds JSON.${shown}`,
    ...(mayBeNull ? ['Empty where there is none.'] : []),
  ];
  return {
    schema: { type: 'string', ...withSentences(description, sentences) },
    raise: (answer) => (answer === '' && mayBeNull ? null : parsed(answer)),
  };
}

function parsed(answer: unknown): unknown {
  if (typeof answer !== 'string') return answer;
  try {
    return JSON.parse(answer) as unknown;
  } catch {
    return answer;
  }
}
