import type { TextLayer } from './read-text-layer.js';

/** What is known about a PDF page before anything is drawn. */
export interface PageEvidence {
  readonly layer: Pick<TextLayer, 'words' | 'shownCharacters' | 'unmappedCharacters' | 'hiddenCharacters'>;
  /** Share of the page that its largest picture covers, 0..1. */
  readonly largestImageShare: number;
}

export type SourceChoice = { readonly source: 'text-layer' } | { readonly source: 'ocr'; readonly remark?: string };

/** A picture this large is the page itself: a scan; fewer words than these are then a stamp or a page number on it. */
const scanShare = 0.8;
const stampWords = 40;
/** A picture this large on a page of hardly any words is what is to be read there. */
const pictureShare = 0.4;
const captionWords = 8;
/** Above these shares the layer's letters are not what the page shows. */
const unmappedShare = 0.1;
const lettersShare = 0.15;

/** Whether a page's text layer is what a person would read on it, or the page has to be read as a picture. */
export function chooseSource({ layer, largestImageShare }: PageEvidence): SourceChoice {
  const { words, shownCharacters, unmappedCharacters, hiddenCharacters } = layer;
  if (words.length === 0) {
    return hiddenCharacters === 0
      ? { source: 'ocr' }
      : { source: 'ocr', remark: 'The page carries only invisible text; it was read from the picture instead.' };
  }
  if (largestImageShare >= scanShare && words.length < stampWords) return { source: 'ocr' };
  if (largestImageShare >= pictureShare && words.length < captionWords) return { source: 'ocr' };
  const letters = words.reduce((sum, word) => sum + (word.text.match(/[\p{L}\p{N}]/gu)?.length ?? 0), 0);
  if (unmappedCharacters > unmappedShare * shownCharacters || letters < lettersShare * shownCharacters) {
    return {
      source: 'ocr',
      remark: 'The text layer has no usable letters; the page was read from the picture instead.',
    };
  }
  return { source: 'text-layer' };
}
