import type { RawWord } from '@waybill/document-layout';

/** The part of tesseract.js' answer that is used: blocks of paragraphs of lines of words. */
export interface EngineBlock {
  readonly paragraphs: readonly { readonly lines: readonly { readonly words: readonly EngineWord[] }[] }[];
}

interface EngineWord {
  readonly text: string;
  /** 0..100. */
  readonly confidence: number;
  readonly bbox: { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };
}

/** All words in the engine's order, with boxes in pixels of its image and confidences 0..1. */
export function engineWords(blocks: readonly EngineBlock[]): RawWord[] {
  return blocks
    .flatMap(({ paragraphs }) => paragraphs)
    .flatMap(({ lines }) => lines)
    .flatMap(({ words }) => words)
    .map(({ text, confidence, bbox: { x0, y0, x1, y1 } }) => ({
      text,
      box: [x0, y0, x1, y1],
      confidence: Math.min(1, Math.max(0, confidence / 100)),
    }));
}
