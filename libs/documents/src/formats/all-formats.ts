import { avif } from './avif.js';
import { bmp } from './bmp.js';
import type { DocumentFormat } from './document-format.js';
import { docx } from './docx.js';
import { gif } from './gif.js';
import { heic } from './heic.js';
import { html } from './html.js';
import { jpeg } from './jpeg.js';
import { mail } from './mail.js';
import { markdown } from './markdown.js';
import { pdf } from './pdf.js';
import { plainText } from './plain-text.js';
import { png } from './png.js';
import { pptx } from './pptx.js';
import { svg } from './svg.js';
import { tiff } from './tiff.js';
import { webp } from './webp.js';
import { xlsx } from './xlsx.js';

/** Every format, in the order in which bytes are compared with them: what has a signature first, any text last. */
export const allFormats: readonly DocumentFormat[] = [
  ...[jpeg, png, webp, gif, avif, heic, tiff, bmp, svg, pdf],
  ...[docx, xlsx, pptx],
  ...[html, mail, markdown, plainText],
];

/** Endings of file names that stand for a format; for choosing files, never for telling what bytes are. */
export const documentEndings: readonly string[] = allFormats.flatMap(({ endings }) => endings);
