/**
 * The bar to clear: the class of a page by three colour statistics alone. The bounds were searched for on measured
 * documents, so the bar is as high as such bounds can put it.
 */

import { measureColours } from '../../../dist/libs/classification/src/measure-colours.js';
import { measureTones } from '../../../dist/libs/classification/src/measure-tones.js';

/** Share of pixels in the commonest of 4,096 colours, spread of the tones, and mean saturation. */
export function classByColours(look) {
  const { commonest, saturation, gray } = measureColours(look);
  const { toneSpread } = measureTones({ ...look, data: gray });
  if (commonest < 0.43 && toneSpread > 0.28) return 'photo';
  return saturation > 0.022 ? 'visual' : 'dense';
}
