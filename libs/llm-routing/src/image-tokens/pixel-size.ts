export interface PixelSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Shrunk, never grown, so that both sides are at most `edgePx`. */
export function fitInto({ widthPx, heightPx }: PixelSize, edgePx: number): PixelSize {
  const scale = Math.min(1, edgePx / Math.max(widthPx, heightPx));
  return { widthPx: widthPx * scale, heightPx: heightPx * scale };
}

/** Squares of `edgePx` that cover the picture. A side that was scaled to a whole number of them counts as that number. */
export const squaresOver = ({ widthPx, heightPx }: PixelSize, edgePx: number): number =>
  alongSide(widthPx, edgePx) * alongSide(heightPx, edgePx);

const alongSide = (sidePx: number, edgePx: number) => Math.max(1, Math.ceil(sidePx / edgePx - 1e-6));
