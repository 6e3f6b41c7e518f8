import type { KeyValue } from '@waybill/contracts';
import { segmentOf, type DocumentText, type Row, type Segment, type Token } from './document-text.js';
import { likeness } from './fold-text.js';
import { readingOf, unit, type Finding } from './finding.js';

/** Labels less alike than this are other labels. */
const lowestLikeness = 0.8;

interface LabelledText {
  readonly tokens: readonly Token[];
  readonly likeness: number;
  readonly place: 'pair' | 'beside' | 'below';
}

const placeWeight = { pair: 0.1, beside: 0.08, below: 0 } as const;

/** Finds texts that stand beside or below a label like one of `names`, best first. */
export function findLabelled(text: DocumentText, names: readonly string[]): Finding<string>[] {
  const found = [...pairs(text, names), ...neighbours(text, names)]
    .map((candidate) => ({ ...candidate, score: candidate.likeness + placeWeight[candidate.place] }))
    .sort((a, b) => b.score - a.score);
  return found.map(({ tokens, likeness: alike, score }) => {
    const printed = textOf(tokens);
    const rival = found.find((other) => textOf(other.tokens) !== printed);
    return {
      value: printed,
      printed,
      tokens,
      evidence: {
        label: unit((alike - lowestLikeness) / (1 - lowestLikeness)),
        reading: readingOf(tokens),
        agreement: found.filter((other) => textOf(other.tokens) === printed).length > 1 ? 1 : 0,
        margin: rival ? unit(score - rival.score) : 1,
        form: 1,
      },
    };
  });
}

/** The layout's own key-values. */
function pairs(text: DocumentText, names: readonly string[]): LabelledText[] {
  return text.layouts.flatMap((layout) =>
    layout.keyValues.flatMap((pair: KeyValue): LabelledText[] => {
      const alike = likenessToAny(pair.key.text, names);
      const words = new Set(pair.value.words);
      const tokens = text.rows
        .filter((row) => row.page === layout.page)
        .flatMap((row) => row.tokens.filter((token) => words.has(token.word)));
      return alike >= lowestLikeness && tokens.length > 0 ? [{ tokens, likeness: alike, place: 'pair' }] : [];
    }),
  );
}

/** `Label: value` in one stretch, the value in the next stretch of the row, or in the one right below. */
function neighbours(text: DocumentText, names: readonly string[]): LabelledText[] {
  const found: LabelledText[] = [];
  for (const row of text.rows) {
    row.segments.forEach((segment, at) => {
      const inside = splitAtLabel(segment, names);
      if (inside) found.push({ ...inside, place: 'beside' });
      const alike = likenessToAny(segment.text, names);
      if (alike < lowestLikeness) return;
      const beside = row.segments[at + 1];
      if (beside) found.push({ tokens: withoutColon(beside.tokens), likeness: alike, place: 'beside' });
      const below = segmentBelow(text, row, segment);
      if (below && !beside) found.push({ tokens: below.tokens, likeness: alike, place: 'below' });
    });
  }
  return found.filter(({ tokens }) => tokens.length > 0);
}

/** The words behind a label that fills the start of a stretch: up to a colon, or exactly as many words as the name has. */
function splitAtLabel(segment: Segment, names: readonly string[]): Omit<LabelledText, 'place'> | undefined {
  const { tokens } = segment;
  let best: Omit<LabelledText, 'place'> | undefined;
  for (let count = 1; count < tokens.length && count <= 6; count += 1) {
    const label = segmentOf(tokens.slice(0, count)).text;
    const ends = /:$/.test(label) || tokens[count]?.text === ':';
    const alike = likenessToAny(label, names) - (ends ? 0 : 0.05);
    if (alike < lowestLikeness || alike <= (best?.likeness ?? 0)) continue;
    best = { tokens: withoutColon(tokens.slice(count)), likeness: alike };
  }
  return best;
}

function segmentBelow(text: DocumentText, row: Row, above: Segment): Segment | undefined {
  const next = text.rows[row.index + 1];
  if (next?.page !== row.page) return undefined;
  return next.segments.find(
    (segment) => segment.x0 < above.x1 && segment.x1 > above.x0 && segment.y0 - above.y1 < 1.8 * text.rowHeight,
  );
}

const withoutColon = (tokens: readonly Token[]): readonly Token[] =>
  /^[:=.-]+$/.test(tokens[0]?.text ?? '') ? tokens.slice(1) : tokens;

const likenessToAny = (label: string, names: readonly string[]): number =>
  Math.max(0, ...names.map((name) => likeness(label, name)));

const textOf = (tokens: readonly Token[]): string =>
  tokens
    .map((token) => token.text)
    .join(' ')
    .replace(/^[\s:]+|\s+$/g, '');
