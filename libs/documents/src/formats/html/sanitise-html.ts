import { decodeText } from '../text/decode-text.js';
import { cleanCss } from '../markup/clean-css.js';
import { rewriteMarkup } from '../markup/rewrite-markup.js';

const droppedElements = new Set([
  ...['script', 'noscript', 'template', 'iframe', 'frame', 'frameset', 'object', 'embed', 'applet', 'param'],
  ...['link', 'base', 'meta', 'audio', 'video', 'source', 'track', 'svg', 'math', 'portal', 'canvas'],
]);
const keptAttributes = new Set([
  ...['align', 'alt', 'bgcolor', 'border', 'cellpadding', 'cellspacing', 'checked', 'color', 'colspan', 'dir', 'face'],
  ...[
    'height',
    'lang',
    'nowrap',
    'rowspan',
    'size',
    'span',
    'start',
    'style',
    'title',
    'type',
    'valign',
    'value',
    'width',
  ],
]);
const embeddedPicture = /^data:image\/(png|jpe?g|gif|webp);base64,[\sA-Za-z0-9+/=]+$/i;

/** HTML that runs nothing and fetches nothing: words, structure and pictures that it carries in itself. */
export function sanitiseHtml(bytes: Uint8Array): string | undefined {
  const text = decodeText(bytes);
  if (text === undefined) return undefined;
  const body = rewriteMarkup(text.replace(/^\ufeff/, ''), 'html', {
    drops: (element) => droppedElements.has(element),
    keep(element, attribute, value) {
      if (element === 'img' && attribute === 'src') return embeddedPicture.test(value) ? value : undefined;
      if (!keptAttributes.has(attribute)) return undefined;
      return attribute === 'style' ? cleanCss(value) : value;
    },
    text: (element, content) => (element === 'style' ? cleanCss(content) : content),
  });
  // Beside the markup's own head, if any: the converter takes both.
  return `<meta http-equiv="Content-Type" content="text/html; charset=utf-8">${body}`;
}
