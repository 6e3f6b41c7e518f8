import type { KindAnswer, KindPrompt } from './kind-answer.js';
import { tellingWords } from './seen-document.js';

/** Words by which the kinds of pages are known; a label that is none of them is known by its own words. */
const cues: Readonly<Record<string, string>> = {
  receipt: 'receipt total cash change card subtotal vat thank',
  invoice: 'invoice due bill payable terms iban net',
  form: 'form name signature date applicant section please',
  table: 'table row column',
  chart: 'chart axis series figure',
};

/** `classify`: the label whose words stand in the document most often. */
export const labelAnswer: KindAnswer = {
  properties: ['label', 'sure', 'words'],
  answer({ schema, lines, mistaken }) {
    const labels = labelsOf(schema);
    const words = lines.flatMap((line) => line.words);
    const scored = labels
      .map((label) => ({ label, found: words.filter(({ text }) => cuesOf(label).has(foldWord(text))) }))
      .sort((a, b) => b.found.length - a.found.length);
    const [best, second] = mistaken('/label') ? scored.slice(1) : scored;
    const { label = labels[0] ?? '', found = [] } = best ?? {};
    const sure = found.length > 0 && found.length > (second?.found.length ?? 0);
    return { label, sure, words: found.slice(0, 10).map(({ number }) => number) };
  },
};

function labelsOf({ properties }: KindPrompt['schema']): string[] {
  const { label } = properties as { readonly label?: { readonly enum?: readonly string[] } };
  return [...(label?.enum ?? [])];
}

const cuesOf = (label: string): ReadonlySet<string> =>
  new Set([...tellingWords(label), ...(cues[label] ?? '').split(' ')]);
const foldWord = (word: string): string => word.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
