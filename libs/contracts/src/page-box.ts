import { z } from 'zod';

/**
 * `[x0, y0, x1, y1]`, each 0..1 of the page's width or height, origin top left, of the page as displayed
 * (EXIF orientation and PDF /Rotate applied). Text that lies turned on the displayed page keeps its place there.
 */
export const boxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);
export type Box = z.infer<typeof boxSchema>;
