import { squashed, type DocumentReading } from '@waybill/llm-routing';
import { noField } from '../prompt/field-of.js';
import type { KindSubject } from '../task-kind.js';

/** Where a document says what it is: so many lines from its top, and a title has so few words. */
const [linesLookedAt, linesOfTitle, wordsOfTitle] = [12, 4, 6];
/** A label alone in the title, and one that stands near the top. Judgements: a title may name what is answered to. */
const [titleConfidence, cueConfidence] = [0.85, 0.6];

/** What reading has shown already: the kind of the pages where that is a label, else a label in the document's title. */
export function labelByRules(
  { kind, pages }: Pick<KindSubject<'classify'>, 'kind' | 'pages'>,
  labels: readonly string[],
): DocumentReading {
  const known = labels.find((label) => label.toLowerCase() === kind);
  const seen = known === undefined ? undefined : confidenceOf(kind, pages);
  const cue = seen === undefined ? cueIn(pages, labels) : undefined;
  const [label, confidence] = seen === undefined ? [cue?.label, cue?.confidence] : [known, seen];
  if (label === undefined || confidence === undefined) {
    const reason = 'Neither the kind of the pages nor the title is one of the labels.';
    return { kind, values: { label: null }, fields: [noField('/label', reason)] };
  }
  return { kind, values: { label }, fields: [{ path: '/label', value: label, confidence, boxes: [], words: [] }] };
}

/** Mean over the pages that are of the kind. */
function confidenceOf(kind: string, pages: KindSubject['pages']): number | undefined {
  const own = pages.flatMap(({ read }) => read.summary.classification ?? []).filter((page) => page.kind === kind);
  return own.length === 0 ? undefined : own.reduce((sum, { confidence }) => sum + confidence, 0) / own.length;
}

function cueIn(
  pages: KindSubject['pages'],
  labels: readonly string[],
): { label: string; confidence: number } | undefined {
  const lines = (pages[0]?.layout?.lines ?? []).slice(0, linesLookedAt).map(({ text }) => text);
  const title = lines.slice(0, linesOfTitle).filter((line) => line.split(/\s+/).length <= wordsOfTitle);
  const [inTitle, nearTop] = [title, lines].map((part) => onlyOne(part, labels));
  if (inTitle !== undefined) return { label: inTitle, confidence: titleConfidence };
  return nearTop === undefined ? undefined : { label: nearTop, confidence: cueConfidence };
}

/** The label whose words stand there, when it is the only one. */
function onlyOne(lines: readonly string[], labels: readonly string[]): string | undefined {
  const said = lines.map(
    (line) =>
      ` ${line
        .split(/[^\p{L}\p{N}]+/u)
        .map(squashed)
        .filter(Boolean)
        .join(' ')} `,
  );
  const found = labels.filter((label) => {
    const wanted = label
      .split(/[^\p{L}\p{N}]+/u)
      .map(squashed)
      .filter(Boolean)
      .join(' ');
    return wanted !== '' && said.some((line) => line.includes(` ${wanted} `));
  });
  return found.length === 1 ? found[0] : undefined;
}
