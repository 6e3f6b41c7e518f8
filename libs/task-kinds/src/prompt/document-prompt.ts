import { captionsOf, documentRule, fencedDocument, type ImagePart, type Message } from '@waybill/llm-routing';
import type { View } from './prompted-task.js';

/** What a prompt about a document says. */
export interface DocumentPrompt {
  /** What the model is, and rules, one a line. */
  readonly rules: readonly string[];
  readonly view: View;
  readonly pictures: readonly ImagePart[];
  /** What the client adds in its own words. */
  readonly instructions: string | undefined;
  /** What is wanted now. */
  readonly wish: string;
}

export const systemText = ([role, ...rules]: readonly string[]): string =>
  [role, ...rules.map((rule) => `- ${rule}`), `- ${documentRule}`].join('\n');

export const documentText = ({ words }: View): string => fencedDocument(words.words.length > 0 ? words.text : '');

/** The document first: what is the same for every question is what provider caches reward. */
export function documentPrompt({ rules, view, pictures, instructions, wish }: DocumentPrompt): Message[] {
  const parts = [
    documentText(view),
    ...captionsOf(pictures),
    ...(instructions ? [`What the client says about the task:\n${instructions}`] : []),
    wish,
  ];
  return [
    { role: 'system', text: systemText(rules) },
    { role: 'user', parts: [...pictures, { type: 'text', text: parts.join('\n\n') }] },
  ];
}
