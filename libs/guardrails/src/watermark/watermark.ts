import type { Box, PageLayout } from '@waybill/contracts';
import type { Finding, GrayPicture, Guardrail } from '../guardrail.js';
import { palestLayer } from './pale-layer.js';

const id = 'watermark';
const stampWords = new Set([
  ...[
    'draft',
    'copy',
    'confidential',
    'specimen',
    'sample',
    'void',
    'duplicate',
    'original',
    'preview',
    'watermark',
    'paid',
    'cancelled',
    'unpaid',
    'proof',
    'secret',
  ],
  ...[
    'entwurf',
    'kopie',
    'muster',
    'vertraulich',
    'ungültig',
    'brouillon',
    'copie',
    'confidentiel',
    'spécimen',
    'borrador',
    'copia',
    'confidencial',
    'bozza',
    'riservato',
    'concept',
    'wzór',
  ],
]);
/** How many times as high as a usual line a stamped word is. */
const muchLarger = 2.5;

/** Words stamped over a page, and pale layers under its text. */
export const watermark: Guardrail = {
  id,
  places: ['before-model'],
  usesPicture: true,
  kinds: ['word', 'pale-layer'],
  inspect: ({ layout, picture }) => [...(layout ? stamped(layout) : []), ...(picture ? layered(picture) : [])],
};

const heightOf = ([, top, , bottom]: Box): number => bottom - top;

function stamped({ words }: PageLayout): Finding[] {
  if (words.length < 5) return [];
  const heights = words.map(({ box }) => heightOf(box)).sort((a, b) => a - b);
  const usual = heights[Math.floor(heights.length / 2)] ?? 0;
  return words
    .filter(
      ({ text, box }) =>
        stampWords.has(text.toLowerCase().replaceAll(/\P{L}/gu, '')) && heightOf(box) > usual * muchLarger,
    )
    .map(({ box, text }) => ({ guardrail: id, kind: 'word', score: 0.8, boxes: [box], remark: text.toLowerCase() }));
}

function layered(picture: GrayPicture): Finding[] {
  const layer = palestLayer(picture);
  return layer
    ? [{ guardrail: id, kind: 'pale-layer', score: 0.7, boxes: [layer], remark: 'one pale tone across the page' }]
    : [];
}
