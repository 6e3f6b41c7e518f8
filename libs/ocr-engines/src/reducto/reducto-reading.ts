import type { Box } from '@waybill/contracts';
import type { HostedReading } from '../hosted/hosted-reader.js';
import { placeMarkdown } from '../hosted/place-markdown.js';
import type { FullResult, Parsed, ReductoBox } from './reducto-answer.js';

/** What the service's words for its confidence are taken for. */
const confidences: Record<string, number> = { high: 0.9, low: 0.5 };
const unknownConfidence = 0.5;

const guessed = 'The engine gave boxes of blocks, not of words; words stand inside their block by order and length.';

/** The words of its OCR where it gives them, otherwise words placed in its blocks. Of figures, only their text. */
export function reductoReading({ ocr, chunks }: FullResult, { num_pages, credits }: Parsed['usage']): HostedReading {
  const seen = (ocr?.words ?? []).map(({ text, bbox, confidence }) => ({
    text,
    box: boxOf(bbox),
    confidence: confidence ?? unknownConfidence,
  }));
  const placed = seen.length > 0 ? [] : chunks.flatMap(({ blocks }) => blocks.map(placeBlock));
  const words = [...seen, ...placed.flatMap((block) => block.words)];
  return {
    words,
    tables: placed.flatMap((block) => block.tables),
    pairs: [],
    // Credits are what is billed; a plan that does not tell them is billed at least one a page.
    billedUnits: credits ?? num_pages,
    remarks: placed.length > 0 && words.length > 0 ? [guessed] : [],
  };
}

function placeBlock({
  content,
  bbox,
  confidence,
  granular_confidence,
}: FullResult['chunks'][number]['blocks'][number]) {
  const stated = granular_confidence?.parse_confidence ?? confidences[confidence ?? ''];
  return placeMarkdown(content, { box: boxOf(bbox), confidence: stated ?? unknownConfidence });
}

const boxOf = ({ left, top, width, height }: ReductoBox): Box => [left, top, left + width, top + height];
