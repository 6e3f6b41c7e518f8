import type { PageLayout } from '@waybill/contracts';
import { TextView } from '../text/text-view.js';
import { rateSentences } from './rate-sentence.js';
import { partsOf, type SentenceParts } from './sentence-features.js';

/** A sentence of a page, or a line that is none, with how likely it is meant to change what is answered. */
export interface Statement {
  /** In characters of the page's text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** 0..1 */
  readonly score: number;
}

/** A longer stretch is no sentence; nobody reads an order that long, and its parts are looked at anyway. */
const longest = 400;
const rated = new WeakMap<PageLayout, readonly Statement[]>();

/** The statements of a page; each layout is looked at once. */
export function statementsOf(layout: PageLayout): readonly Statement[] {
  const known = rated.get(layout);
  if (known) return known;
  const found = statementsIn(TextView.ofLayout(layout).text);
  rated.set(layout, found);
  return found;
}

/** The statements of a text. A sentence is as doubtful as it is by itself or together with a neighbour: orders come in two halves. */
export function statementsIn(text: string): Statement[] {
  return paragraphsOf(text).flatMap((sentences) => {
    const parts = sentences.map(({ start, end }) =>
      end - start > longest ? nothing : partsOf(text.slice(start, end)),
    );
    const own = parts.map((one) => rateSentences(one));
    const both = parts.slice(1).map((next, at) => rateSentences(parts[at] ?? nothing, next));
    return sentences.map(({ start, end }, at): Statement => ({
      ...{ start, end, text: text.slice(start, end) },
      score: Math.max(own[at] ?? 0, both[at - 1] ?? 0, both[at] ?? 0),
    }));
  });
}

const nothing: SentenceParts = { found: [], words: 0, hashed: [] };

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Lines that go on in the next one belong together; then sentences end at their marks. */
function paragraphsOf(text: string): Stretch[][] {
  const paragraphs: { start: number; end: number }[] = [];
  for (const { 0: line, index } of text.matchAll(/[^\n]*\S[^\n]*/g)) {
    const last = paragraphs.at(-1);
    if (last && index === last.end + 1 && goesOn(text.slice(last.start, last.end), line))
      last.end = index + line.length;
    else paragraphs.push({ start: index, end: index + line.length });
  }
  return paragraphs.map(({ start, end }) =>
    [
      ...text
        .slice(start, end)
        .matchAll(
          /\S(?:[^.!?。！？]|(?<=(?<!\p{L})\p{L})\.|[.!?](?!\s+[\p{Lu}\p{N}"„“«[(])|[。！？](?=.{0,2}$))*[.!?。！？]*/gu,
        ),
    ].map(({ 0: sentence, index }) => ({ start: start + index, end: start + index + sentence.length })),
  );
}

/** A line of five words and more without an end, before one that begins small or with a value. */
function goesOn(before: string, line: string): boolean {
  const last = before.slice(before.lastIndexOf('\n') + 1);
  const isOpen = !/[.!?:;。！？"”»]\s*$/.test(last) && last.trim().split(/\s+/).length >= 5;
  return isOpen && /^\s*[\p{Ll}\d"“„«'$€£]/u.test(line);
}
