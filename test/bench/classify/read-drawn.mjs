/** What the words of a drawn page tell, read with slips as an engine would. */
import { layOutPage } from '../../../dist/libs/document-layout/src/index.js';
import { layoutFeatures } from '../../../dist/libs/classification/src/layout-features.js';
import { misreadWord } from '../../../dist/libs/samples/src/misread-word.js';

const slipShares = [0, 0.02, 0.05, 0.1];

/** Features of the words of `{ width, height, words }`, or undefined for a page on which none were read. */
export function wordFeatures({ width, height, words }, random) {
  const slips = random.pick(slipShares);
  const read = words.flatMap(({ text, box }) => {
    const seen = misreadWord(text, slips, random);
    return seen ? [{ box, ...seen }] : [];
  });
  if (read.length === 0) return undefined;
  const facts = { document: 0, page: 1, width, height, unit: 'pt', dpi: null, rotation: 0, skewDegrees: 0 };
  const by = { source: 'ocr', engine: { name: 'drawn', version: '1' }, languages: ['eng'], remarks: [] };
  return layoutFeatures(layOutPage({ ...facts, ...by, words: read }));
}
