import type { PageLayout } from '@waybill/contracts';

const signs = { checked: '☑', unchecked: '☐' } as const;

/**
 * The text of every line, with one sign for each box for a cross: in place of the words that are its mark, or before its
 * label when it is a drawn square.
 */
export function lineTexts(layout: PageLayout): string[] {
  const boxes = layout.checkBoxes ?? [];
  if (boxes.length === 0) return layout.lines.map(({ text }) => text);
  const instead = new Map<number, string>();
  const before = new Map<number, string>();
  for (const { words, label, state } of boxes) {
    const [first, ...others] = words;
    if (first !== undefined) {
      instead.set(first, signs[state]);
      for (const other of others) instead.set(other, '');
    } else if (label?.words[0] !== undefined && !isWritten(layout, label)) before.set(label.words[0], signs[state]);
  }
  return layout.lines.map((line) => {
    if (!line.words.some((id) => instead.has(id) || before.has(id))) return line.text;
    const parts = line.words.flatMap((id) => [before.get(id) ?? '', instead.get(id) ?? layout.words[id]?.text ?? '']);
    return parts.filter((part) => part !== '').join(' ');
  });
}

/** A label glued to a sign (`☐Yes`) is less than its words say: the sign stands in the text as it is. */
const isWritten = (layout: PageLayout, label: { text: string; words: number[] }): boolean =>
  label.text !== label.words.map((id) => layout.words[id]?.text ?? '').join(' ');
