/** Pixels of a raster at most: A4 at 520 dpi. More makes reading slower, not better. */
export const maxRasterPixels = 26_000_000;
