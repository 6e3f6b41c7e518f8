import { hasInkUnder, showsUnder, type LayerWord, type PageRaster } from '@waybill/document-layout';

/** Pages as large as a wall are drawn so small that some of their words vanish; these are no evidence. */
const coarseDpi = 100;
const leastPixels = 3;

/** The same page drawn twice, at the same size. */
export interface DrawnPage {
  readonly drawn: PageRaster;
  /** Without its text. */
  readonly bare: PageRaster;
}

/**
 * The words of a layer, looked for on the page: those that change nothing in its picture are `unseen`, and of hidden ones
 * it is noted whether there is ink at their place. Boxes are points of the displayed page, `width` points wide.
 */
export function checkTextLayer(
  words: readonly LayerWord[],
  { drawn, bare }: DrawnPage,
  { width, height }: { readonly width: number; readonly height: number },
): LayerWord[] {
  const [scaleX, scaleY] = [drawn.width / width, drawn.height / height];
  const isCoarse = (drawn.dpi ?? 0) < coarseDpi;
  return words.map((word) => {
    const [x0, y0, x1, y1] = word.box;
    const box: LayerWord['box'] = [x0 * scaleX, y0 * scaleY, x1 * scaleX, y1 * scaleY];
    const isTooSmall = isCoarse && Math.min(box[2] - box[0], box[3] - box[1]) < leastPixels;
    const hidden = word.hidden ?? (isTooSmall || showsUnder(drawn, bare, box) ? undefined : 'unseen');
    return hidden ? { ...word, hidden, standsOnInk: hasInkUnder(bare, box) } : word;
  });
}
