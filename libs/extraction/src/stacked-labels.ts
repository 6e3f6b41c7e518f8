import type { DocumentText, Row, Segment, Token } from './document-text.js';

/** A label and its value side by side, with nothing but the place to say so. */
export interface StackedPair {
  readonly key: readonly Token[];
  readonly value: readonly Token[];
}

/** A label with one other set like it may be chance. */
const fewestOfStack = 3;
/** Edges this close, in heights of a row, stand below each other. */
const edgesWithin = 1.2;
const [longestLabel, longestValue] = [6, 9];

interface Candidate {
  readonly label: Segment;
  readonly value: Segment;
}

/**
 * Labels that nothing ends, no colon and no full stop, as forms have them: a row of a short text and its value, set like at least two
 * other rows of its page, whose labels begin below each other and whose values do, too.
 */
export function labelsStacked(text: DocumentText): StackedPair[] {
  const near = edgesWithin * text.rowHeight;
  return [...text.rowsOfPage.values()].flatMap((rows) => {
    const candidates = rows.flatMap(candidateOf);
    const isBelow = (one: Candidate, other: Candidate): boolean =>
      Math.abs(one.label.x0 - other.label.x0) <= near && Math.abs(one.value.x0 - other.value.x0) <= near;
    return candidates
      .filter((one) => candidates.filter((other) => isBelow(one, other)).length >= fewestOfStack)
      .map(({ label, value }) => ({ key: withoutDust(label.tokens), value: value.tokens }));
  });
}

/** A row of two stretches, of which the first may be a label. Dust and numbers before it do not count. */
function candidateOf({ segments }: Row): Candidate[] {
  const first = segments.findIndex(({ text }) => /\p{L}{2}/u.test(text));
  const [label, value, ...more] = segments.slice(Math.max(0, first));
  if (first < 0 || !label || !value || more.length > 0) return [];
  return mayBeLabel(label) && mayBeValue(value) ? [{ label, value }] : [];
}

/** `- Media Type` and `1. Media Type` without what stands before the words. */
const withoutDust = (tokens: readonly Token[]): readonly Token[] =>
  tokens.slice(
    Math.max(
      0,
      tokens.findIndex(({ text }) => /\p{L}{2}/u.test(text)),
    ),
  );

const mayBeLabel = ({ tokens, text }: Segment): boolean =>
  tokens.length <= longestLabel &&
  /^(?:\d{1,2}[.)])?[^\p{L}\d]*\p{Lu}/u.test(text) &&
  /\p{L}{3}/u.test(text) &&
  !/\d{3}|:|[;,]\s*$/.test(text);

const mayBeValue = ({ tokens, text }: Segment): boolean =>
  tokens.length <= longestValue && /[\p{L}\d]/u.test(text) && !/:\s*$/.test(text);
