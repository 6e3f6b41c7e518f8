import type { DecodedPage, PageRaster, RawWord } from '@waybill/document-layout';
import { StageError } from '@waybill/jobs';
import sharp from 'sharp';
import { refuseManyPages, type DocumentLimits } from '../../document-limits.js';
import { lookOfPage } from '../../look-of-page.js';
import { detached } from '../pictures/decode-picture.js';
import { columnsOf, setText, typeface, type SetPage, type SetRow, type TextLine } from './set-text.js';

/** Pixels a point of the picture for people and models: about 130 dots per inch. */
const displayScale = 1.8;
const displayQuality = 80;
/** Part of a row's height that letters fill. */
const letterShare = 0.8;

/** @throws StageError `too-many-pages` */
export function countTextPages(lines: readonly TextLine[], limits: DocumentLimits): number {
  let pages = 0;
  for (const _ of setText(lines)) refuseManyPages((pages += 1), limits);
  return pages;
}

/** One page of a text, counted from 1, as words where a typewriter would set them; no engine has to read it. */
export async function decodeTextPage(lines: readonly TextLine[], page: number): Promise<DecodedPage> {
  const set = nth(setText(lines), page);
  if (!set) throw new StageError('unreadable-page', `The text has no page ${page}.`);
  const words = set.rows.flatMap(wordsOf);
  const picture = await drawn(set, words);
  const { data, width, height, channels } = picture;
  const jpeg = await sharp(data, { raw: { width, height, channels } }).jpeg({ quality: displayQuality }).toBuffer();
  return {
    width: set.width,
    height: set.height,
    unit: 'pt',
    dpi: null,
    textLayer: {
      take: 'words',
      words,
      rotation: 0,
      // Nothing in a text can hide: all of it is what a reader sees.
      report: {
        verdict: words.length > 0 ? 'sound' : 'absent',
        words: words.length,
        hiddenWords: 0,
        reasons: [],
        agreement: null,
      },
      engine: 'text',
    },
    look: await lookOfPage(picture),
    rules: [],
    display: { bytes: detached(jpeg), mediaType: 'image/jpeg' },
    remarks: [],
  };
}

function nth(pages: Iterable<SetPage>, wanted: number): SetPage | undefined {
  let page = 0;
  for (const each of pages) if ((page += 1) === wanted) return each;
  return undefined;
}

function wordsOf({ text, top, scale }: SetRow): RawWord[] {
  const words: RawWord[] = [];
  const step = typeface.columnPoints * scale;
  const bottom = top + typeface.points * scale;
  let column = 0;
  for (const part of text.split(/(\s+)/)) {
    const columns = [...part].reduce((sum, character) => sum + columnsOf(character), 0);
    if (part.trim() !== '') {
      const left = typeface.marginPoints + column * step;
      words.push({ text: part, box: [left, top, left + columns * step, bottom], confidence: 1 });
    }
    column += columns;
  }
  return words;
}

async function drawn({ width, height }: SetPage, words: readonly RawWord[]): Promise<PageRaster> {
  const texts = words.map(({ text, box: [x0, y0, x1, y1] }) => {
    const size = (y1 - y0) * letterShare;
    return `<text x="${x0}" y="${y0 + size}" font-size="${size}" textLength="${x1 - x0}" lengthAdjust="spacingAndGlyphs">${escaped(text)}</text>`;
  });
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width * displayScale}" height="${height * displayScale}" ` +
    `viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="#fff"/>` +
    `<g font-family="monospace">${texts.join('')}</g></svg>`;
  const image = sharp(Buffer.from(svg)).flatten({ background: '#ffffff' }).grayscale().toColourspace('b-w');
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 1, dpi: null };
}

/** What XML does not take at all is left out of the picture. */
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? '');
