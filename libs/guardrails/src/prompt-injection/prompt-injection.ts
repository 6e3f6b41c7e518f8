import type { Finding, Guardrail, GuardSubject } from '../guardrail.js';
import { TextView } from '../text/text-view.js';
import { decodedTexts } from './decoded-texts.js';
import { scoreText } from './score-text.js';

const id = 'prompt-injection';
/** Orders where nobody sees them are there for a machine. */
const hiddenScore = 0.97;
/** In hidden text and codes, less is needed: the shortest demand is out of place there. */
const orderWords =
  /\b(?:ignore|disregard|instead|assistant|respond|reply|output|set the|instruction|ai model|you must)\b/i;

/** Instructions to a machine: in the words of a page, in hidden text, in codes. */
export const promptInjection: Guardrail = {
  id,
  places: ['before-model'],
  usesPicture: true,
  kinds: ['instruction', 'hidden-instruction', 'code-instruction'],
  inspect: (subject) => [...inWords(subject), ...inColumns(subject), ...inHiddenText(subject), ...inCodes(subject)],
};

function inWords({ view: { text } }: GuardSubject): Finding[] {
  const said = scoreText(text).map(({ start, end, score, signals, language }): Finding => ({
    ...{ guardrail: id, kind: 'instruction', score, span: { start, end } },
    remark: `${signals.join(', ')} (${language})`,
  }));
  const packed = decodedTexts(text).flatMap(({ start, end, text: inner, code }) =>
    scoreText(inner).map(({ score, signals }): Finding => ({
      ...{ guardrail: id, kind: 'instruction', score: Math.max(score, 0.95), span: { start, end }, text: inner },
      remark: `${signals.join(', ')} in ${code}`,
    })),
  );
  return [...said, ...packed];
}

/** Lines run across the columns of a table; an order may run down one of them. */
function inColumns({ view, layout }: GuardSubject): Finding[] {
  if (!layout || layout.tables.length === 0) return [];
  const across = new Set(scoreText(view.text).flatMap((span) => view.wordsOf(span).words));
  return layout.tables.flatMap(({ columns, cells }) =>
    Array.from({ length: columns }, (_, at) => cells.filter(({ column }) => column === at)).flatMap((column) => {
      const down = TextView.ofWords(
        layout,
        column.toSorted((one, other) => one.row - other.row).map(({ words }) => words),
      );
      return scoreText(down.text).flatMap(({ start, end, score, signals, language }) => {
        const words = down.wordsOf({ start, end }).words.filter((word) => !across.has(word));
        return view.spansOf(words).map((span): Finding => ({
          ...{ guardrail: id, kind: 'instruction', score, span },
          remark: `${signals.join(', ')} (${language}) down a column`,
        }));
      });
    }),
  );
}

const inHiddenText = ({ layout }: GuardSubject): Finding[] =>
  (layout?.textLayer?.reasons ?? []).flatMap(({ code, sample, boxes }) =>
    givesOrders(sample)
      ? [
          {
            guardrail: id,
            kind: 'hidden-instruction',
            score: hiddenScore,
            boxes,
            text: sample,
            remark: `text that is ${code}`,
          },
        ]
      : [],
  );

const inCodes = ({ codes = [] }: GuardSubject): Finding[] =>
  codes.flatMap(({ text, format, box }) =>
    givesOrders(text)
      ? [
          {
            guardrail: id,
            kind: 'code-instruction',
            score: hiddenScore,
            boxes: [box],
            text,
            remark: `in a ${format} code`,
          },
        ]
      : [],
  );

const givesOrders = (text: string): boolean => scoreText(text).length > 0 || orderWords.test(text);
