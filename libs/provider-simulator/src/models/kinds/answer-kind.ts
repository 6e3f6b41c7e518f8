import { chartAnswer } from './chart-answer.js';
import { citedAnswer } from './cited-answer.js';
import { descriptionAnswer } from './description-answer.js';
import type { KindAnswer } from './kind-answer.js';
import { labelAnswer } from './label-answer.js';
import { linesSeen, saidBehind } from './seen-document.js';

/** Every kind that a simulated model answers in a way of its own; others have their schema filled. A new one is a line here. */
const kinds: readonly KindAnswer[] = [labelAnswer, descriptionAnswer, citedAnswer, chartAnswer];

/** An answer in the way of the kind that asks for this schema; undefined where no kind does. */
export function answerKind(
  schema: Readonly<Record<string, unknown>>,
  text: string,
  mistaken: (part: string) => boolean,
): object | undefined {
  const asked = Object.keys(schema.properties ?? {})
    .sort()
    .join();
  const kind = kinds.find(({ properties }) => properties.join() === asked);
  return kind?.answer({ schema, lines: linesSeen(text), wish: saidBehind(text), mistaken });
}
