import type { LimitKeyword } from './schema-level.js';

const sentences: Readonly<Record<LimitKeyword, (bound: string) => string>> = {
  pattern: (bound) => `Must match ${bound}.`,
  minLength: (bound) => `At least ${bound} characters.`,
  maxLength: (bound) => `At most ${bound} characters.`,
  minimum: (bound) => `At least ${bound}.`,
  maximum: (bound) => `At most ${bound}.`,
  exclusiveMinimum: (bound) => `More than ${bound}.`,
  exclusiveMaximum: (bound) => `Less than ${bound}.`,
  multipleOf: (bound) => `A multiple of ${bound}.`,
  minItems: (bound) => `At least ${bound} entries.`,
  maxItems: (bound) => `At most ${bound} entries.`,
  uniqueItems: () => 'No entry twice.',
};

/** A keyword that a provider does not take, as a sentence for its model. */
export const sayLimit = (keyword: LimitKeyword, bound: unknown): string => sentences[keyword](String(bound));

/** A format that a provider does not take, as a sentence for its model. */
export const sayFormat = (format: string): string => (format === 'date' ? 'As YYYY-MM-DD.' : `Format: ${format}.`);

/** What was said before, and more. */
export function withSentences(before: unknown, sentences: readonly string[]): { description?: string } {
  const said = [typeof before === 'string' ? before : '', ...sentences].filter(Boolean);
  return said.length === 0 ? {} : { description: said.join(' ') };
}
