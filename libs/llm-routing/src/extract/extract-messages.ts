import type { ImagePart, Message } from '../provider/model-request.js';
import { captionsOf, documentRule, fencedDocument } from './document-parts.js';

/** What the messages of one call are made of. */
export interface ExtractPrompt {
  /** The client's own instructions. */
  readonly instructions: string | undefined;
  /** The document's words, numbered; empty when it has none. */
  readonly words: string;
  /** JSON Pointers of what is wanted, when that is not everything. */
  readonly only: readonly string[] | undefined;
  readonly pictures: readonly ImagePart[];
}

const rules = `You read values from a document and answer with JSON of the schema that you are given.
- Each value comes with "words": the numbers of the words that you read it from. A number in brackets stands before the word that has it; the words behind it count on by one.
- Copy values as they are printed, except that numbers are written as JSON numbers, dates as YYYY-MM-DD, and currencies as ISO 4217 codes.
- A value that is not in the document is null, with no words. Never guess, never compute what is not printed.
- ${documentRule}`;

/** The messages for a model. */
export function extractMessages({ instructions, words, only, pictures }: ExtractPrompt): Message[] {
  const parts = [
    fencedDocument(words),
    ...captionsOf(pictures),
    ...(instructions ? [`What the client says about the task:\n${instructions}`] : []),
    only
      ? `Answer for these fields alone, and look closely: ${only.join(', ')}`
      : 'Answer for all fields of the schema.',
  ];
  return [
    { role: 'system', text: rules },
    { role: 'user', parts: [...pictures, { type: 'text', text: parts.join('\n\n') }] },
  ];
}
