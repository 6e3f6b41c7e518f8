import { segmentOf, type DocumentText, type Row, type Segment, type Token } from './document-text.js';
import { likenessOfFolded, squeeze } from './fold-text.js';
import { unit, type Finding } from './finding.js';
import { readingOf } from './reading-of.js';

/** Labels less alike than this are other labels. */
const lowestLikeness = 0.8;
/** A label that nothing ends, no colon and no gap, is a little less sure to be one. */
const unendedPenalty = 0.05;
const longestLabelWords = 6;
/** What each place of the value adds to the likeness of the label. */
const placeWeight = { pair: 0.1, beside: 0.08, below: 0 } as const;

/** A text that may be a label, and the words that would be its value. */
export interface PossibleLabel {
  /** Folded, without spaces. */
  readonly folded: string;
  readonly penalty: number;
  readonly place: keyof typeof placeWeight;
  readonly value: readonly Token[];
}

/** Everything on the pages that may be a label of something: key-values of the layout, and texts with a text beside or below. */
export function gatherLabels(text: DocumentText): PossibleLabel[] {
  return [...pairsOf(text), ...text.rows.flatMap((row) => labelsOn(text, row))].filter(
    ({ folded, value }) => folded.length > 1 && value.length > 0,
  );
}

/** Finds texts that stand beside or below a label like one of `names`, best first. */
export function findLabelled(labels: readonly PossibleLabel[], names: readonly string[]): Finding<string>[] {
  const asked = names.map(squeeze).filter((name) => name.length > 1);
  const found = labels
    .flatMap(({ folded, penalty, place, value }) => {
      const alike = Math.max(0, ...asked.map((name) => likenessOfFolded(folded, name, lowestLikeness))) - penalty;
      if (alike < lowestLikeness) return [];
      return [{ tokens: value, printed: textOf(value), alike, score: alike + placeWeight[place] }];
    })
    .sort((a, b) => b.score - a.score);
  return found.map(({ tokens, printed, alike, score }) => {
    const rival = found.find((other) => other.printed !== printed);
    return {
      value: printed,
      printed,
      tokens,
      evidence: {
        label: unit((alike - lowestLikeness) / (1 - lowestLikeness)),
        reading: readingOf(tokens),
        agreement: found.filter((other) => other.printed === printed).length > 1 ? 1 : 0,
        margin: rival ? unit(score - rival.score) : 1,
        form: 1,
      },
    };
  });
}

/** The layout's own key-values. */
function pairsOf(text: DocumentText): PossibleLabel[] {
  return text.layouts.flatMap((layout) => {
    if (layout.keyValues.length === 0) return [];
    const tokenOf = new Map<number, Token>();
    for (const row of text.rowsOfPage.get(layout.page) ?? []) {
      for (const token of row.tokens) tokenOf.set(token.word, token);
    }
    return layout.keyValues.map((pair): PossibleLabel => {
      const value = pair.value.words.flatMap((word) => tokenOf.get(word) ?? []);
      return { folded: squeeze(pair.key.text), penalty: 0, place: 'pair', value };
    });
  });
}

/** `Label: value` in one stretch, the value in the next stretch of the row, or in the one right below. */
function labelsOn(text: DocumentText, row: Row): PossibleLabel[] {
  return row.segments.flatMap((segment, at): PossibleLabel[] => {
    const folded = squeeze(segment.text);
    const beside = row.segments[at + 1];
    const below = beside ? undefined : segmentBelow(text, row, segment);
    return [
      ...labelsInside(segment),
      ...(beside ? [{ folded, penalty: 0, place: 'beside' as const, value: withoutColon(beside.tokens) }] : []),
      ...(below ? [{ folded, penalty: 0, place: 'below' as const, value: below.tokens }] : []),
    ];
  });
}

/** The first words of a stretch as a label, the rest as its value. */
function labelsInside({ tokens }: Segment): PossibleLabel[] {
  const labels: PossibleLabel[] = [];
  for (let count = 1; count < tokens.length && count <= longestLabelWords; count += 1) {
    const label = textOf(tokens.slice(0, count));
    const isEnded = /:$/.test(label) || tokens[count]?.text === ':';
    const value = withoutColon(tokens.slice(count));
    labels.push({ folded: squeeze(label), penalty: isEnded ? 0 : unendedPenalty, place: 'beside', value });
    if (isEnded) break;
  }
  return labels;
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

const textOf = (tokens: readonly Token[]): string => segmentOf(tokens).text.replace(/^[\s:]+|\s+$/g, '');
