import type { Box } from '@waybill/contracts';
import type { HostedReading } from '../hosted/hosted-reader.js';
import { placeMarkdown } from '../hosted/place-markdown.js';
import type { OcrAnswer } from './mistral-answer.js';

type Page = OcrAnswer['pages'][number];

/** Neither sure nor unsure, where the engine says nothing. */
const unknownConfidence = 0.5;

const guessedInBlocks =
  'The engine gives boxes of blocks, not of words; words stand inside their block by order and length.';
const guessedOnPage = 'The engine gives no boxes; words stand on the page by order only, and their boxes say nothing.';

/** Pictures and their boxes are not carried on; their text is not in the blocks. */
const withoutText = new Set(['image']);

export function mistralReading({ pages, usage_info }: OcrAnswer): HostedReading {
  const [page] = pages;
  if (!page) return { words: [], tables: [], pairs: [], billedUnits: usage_info.pages_processed, remarks: [] };
  const blocks = blocksOf(page);
  const placed = blocks.map(({ content, ...place }) => placeMarkdown(content, place));
  const confidenceOf = scored(page);
  const words = placed.flatMap((block) =>
    block.words.map((word) => ({ ...word, confidence: confidenceOf(word.text) ?? word.confidence })),
  );
  return {
    words,
    tables: placed.flatMap((block) => block.tables),
    pairs: [],
    billedUnits: usage_info.pages_processed,
    remarks: words.length === 0 ? [] : [page.blocks && page.dimensions ? guessedInBlocks : guessedOnPage],
  };
}

interface PlacedBlock {
  readonly content: string;
  readonly box: Box;
  readonly confidence: number;
}

function blocksOf({ blocks, dimensions, markdown, confidence_scores }: Page): PlacedBlock[] {
  const confidence = confidence_scores?.average_page_confidence_score ?? unknownConfidence;
  if (!blocks || !dimensions) return [{ content: markdown, box: [0, 0, 1, 1], confidence }];
  const { width, height } = dimensions;
  return blocks
    .filter(({ type }) => !withoutText.has(type))
    .map((block) => ({
      content: block.content,
      box: [
        block.top_left_x / width,
        block.top_left_y / height,
        block.bottom_right_x / width,
        block.bottom_right_y / height,
      ],
      confidence: block.confidence_scores?.average_content_confidence_score ?? confidence,
    }));
}

/** Scores are told apart by their words, and for the same word by order. */
function scored({ confidence_scores }: Page): (text: string) => number | undefined {
  const scores = new Map<string, number[]>();
  for (const { text, confidence } of confidence_scores?.word_confidence_scores ?? []) {
    const word = text.trim();
    scores.set(word, [...(scores.get(word) ?? []), confidence]);
  }
  return (text) => scores.get(text)?.shift();
}
