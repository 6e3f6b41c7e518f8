/** A line of a document as a model is shown it: its words by their numbers. */
export interface SeenLine {
  readonly page: number;
  readonly text: string;
  readonly words: readonly { readonly number: number; readonly text: string }[];
}

const fence = /<(document-[0-9a-f]+)>\n([\s\S]*)\n<\/\1>/;

/** The lines between the fences of a document, where each run of words has its number before it: `[17] Total 3.00`. */
export function linesSeen(text: string): SeenLine[] {
  const lines: SeenLine[] = [];
  let page = 1;
  for (const line of (fence.exec(text)?.[2] ?? '').split('\n')) {
    const heading = /^== page (\d+) ==$/.exec(line)?.[1];
    if (heading !== undefined) page = Number(heading);
    else {
      const words = [...line.matchAll(/\[(\d+)\] ([^[]*)/g)].flatMap(([, first = '', run = '']) =>
        run
          .trim()
          .split(/\s+/)
          .map((word, at) => ({ number: Number(first) + at, text: word })),
      );
      if (words.length > 0) lines.push({ page, text: words.map((word) => word.text).join(' '), words });
    }
  }
  return lines;
}

/** What stands behind the document: the wish, or the messages of a conversation. */
export const saidBehind = (text: string): string => text.replace(fence, '').trim();

/** The pages that a wish names: `Describe these pages: 1, 3.` */
export const pagesNamed = (wish: string): number[] =>
  (/pages: ([\d, ]+)\.\s*$/.exec(wish.trim())?.[1] ?? '1').split(',').map(Number);

const common = new Set(
  'the and for are was what which who how many much does did this that with from have has its'.split(' '),
);

/** Words that tell lines apart: of three letters or more, and none of the common ones. */
export const tellingWords = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2 && !common.has(word));

/** The line that shares most words with a text; undefined where none shares any. */
export function bestLine(text: string, lines: readonly SeenLine[]): SeenLine | undefined {
  const wanted = new Set(tellingWords(text));
  const shared = (line: SeenLine): number => new Set(tellingWords(line.text).filter((word) => wanted.has(word))).size;
  const [best] = lines.map((line) => ({ line, share: shared(line) })).sort((a, b) => b.share - a.share);
  return best && best.share > 0 ? best.line : undefined;
}
