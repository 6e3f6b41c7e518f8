import type { DocumentFinding, InspectedPage } from '../document/inspect-document.js';
import { statementsOf, type Statement } from '../doubtful-sentences/statements-of.js';

/** What pages say, parted by how far it is to be believed. */
export interface DoubtfulPage {
  /** Statements that may be meant to change the answer, with how likely that is; orders that rules found count as 1. */
  readonly statements: readonly Pick<Statement, 'text' | 'score'>[];
  /** All other lines, from the top. */
  readonly calmLines: readonly string[];
  /** Of the other lines, those of running sentences, a sentence each. */
  readonly calmSentences: readonly Pick<Statement, 'text' | 'score'>[];
  /** Of the other lines, those of no sentence: labels with values, rows of tables, headings. */
  readonly plainLines: readonly string[];
  /** The first lines of the pages, where the one who issued them stands, unless they are as good as orders. */
  readonly headLines: readonly string[];
}

const headLength = 4;
/** What is less likely than this is taken for calm. */
const leastDoubt = 0.1;
/** So few words are a label with its value, and calm unless they shout. */
const [shortLine, leastOfShort] = [4, 0.6];

const isDoubtful = ({ text, score }: Pick<Statement, 'text' | 'score'>): boolean =>
  score >=
  (text.trim().split(/\s+/).length <= shortLine && !isUnspaced.test(text) && !markup.test(text)
    ? leastOfShort
    : leastDoubt);

/** What programs write for each other, and papers show seldom. */
const markup = /[{<[][^}>\]]*["'=:][^}>\]]*[}>\]]/;
/** Whether a text runs as a sentence does, or as markup; a name has hardly a word that begins small, and few in writing that has no capitals. */
export const isSentence = (text: string): boolean =>
  (text.match(/(?<!\S)\p{Ll}/gu) ?? []).length >= 3 ||
  (text.match(/(?<!\S)\p{Lo}/gu) ?? []).length >= 5 ||
  isUnspaced.test(text) ||
  markup.test(text);

/** Parts what pages say; `orders` are findings of rules. */
export function doubtfulPage(pages: readonly InspectedPage[], orders: readonly DocumentFinding[]): DoubtfulPage {
  const byPage = pages.map(({ page, layout }) => {
    if (!layout) return [];
    const spans = orders.flatMap((order) => (order.page === page && order.span ? [order.span] : []));
    return statementsOf(layout).map(({ start, end, text, score }) => ({
      text: joined(text),
      score: spans.some((span) => span.start < end && span.end > start) ? 1 : score,
    }));
  });
  const parted = byPage.flat();
  const calm = parted.filter((one) => !isDoubtful(one));
  const linesOf = (list: typeof calm): string[] => list.flatMap(({ text }) => text.split('\n'));
  return {
    statements: parted.filter(isDoubtful),
    calmLines: linesOf(calm),
    calmSentences: calm.filter(({ text }) => isSentence(text)),
    plainLines: linesOf(calm.filter(({ text }) => !isSentence(text))),
    headLines: byPage.flatMap((own) =>
      own
        .slice(0, headLength)
        .flatMap(({ text, score }) => (score < (isSentence(text) ? leastDoubt : leastOfShort) ? text.split('\n') : [])),
    ),
  };
}

const isUnspaced = /[\u3040-\u30ff\u3400-\u9fff]{6}/u;

/** Letters and digits that stand apart are told together as well: `5 . 5 5` says 5.55. */
const joined = (text: string): string => {
  const apart = /(?:\S ){7,}\S/.exec(text.replaceAll(/ +/g, ' '))?.[0];
  return apart === undefined
    ? text
    : `${text}\n${apart.replaceAll(' ', '').replaceAll(/(?<=\p{L})(?=\d)|(?<=\d)(?=\p{L})/gu, ' ')}`;
};
