/** A transcript as a page that was read without a slip. */
import { layOutPage } from '../../dist/libs/document-layout/src/index.js';

/** Lines or words `{ text, box }` in pixels as a layout; the words of a line are spread over its box by their letters. */
export function layoutOfTranscript(transcript) {
  const words = transcript.flatMap(({ text, box: [x0, y0, x1, y1] }) =>
    [...text.matchAll(/\S+/g)].map((match) => {
      const at = (letters) => x0 + ((x1 - x0) * letters) / text.length;
      return { text: match[0], box: [at(match.index), y0, at(match.index + match[0].length), y1], confidence: 1 };
    }),
  );
  return layoutOfWords(words, 'transcript');
}

/** Words `{ text, box, confidence }` in pixels, from whoever read them, as a layout. */
export function layoutOfWords(words, reader) {
  return layOutPage({
    ...{ document: 0, page: 1, unit: 'px', dpi: null, rotation: 0, skewDegrees: 0, source: 'text-layer' },
    ...{ engine: { name: reader, version: '1' }, languages: ['eng'], remarks: [], words },
    width: Math.max(1, ...words.map(({ box }) => box[2])) * 1.05,
    height: Math.max(1, ...words.map(({ box }) => box[3])) * 1.05,
  });
}
