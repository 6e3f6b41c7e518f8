import { StageError } from '@waybill/jobs';
import { decodeText } from '../text/decode-text.js';
import { cleanCss } from '../markup/clean-css.js';
import { rewriteMarkup } from '../markup/rewrite-markup.js';

export interface SafeSvg {
  readonly svg: string;
  /** Pictures that the SVG carries in itself. */
  readonly pictures: readonly Uint8Array[];
}

const droppedElements = new Set([
  ...['script', 'foreignobject', 'iframe', 'object', 'embed', 'audio', 'video', 'handler', 'listener'],
  ...['a:script', 'animate', 'animatetransform', 'animatemotion', 'set', 'metadata'],
]);
const embeddedPicture = /^data:image\/(png|jpe?g|gif|webp);base64,([\sA-Za-z0-9+/=]+)$/i;
const namespaceOfSvg = 'http://www.w3.org/2000/svg';
const attributeName = /^[A-Za-z_][\w.:-]*$/;

/**
 * An SVG that runs nothing, fetches nothing and declares nothing: scripts, event handlers, animation, foreign content and
 * every reference out of the file are left out. Pictures inside it, as base64, stay.
 * @throws StageError `unreadable-document` for entities of its own, which can reach out or grow without bound
 */
export function sanitiseSvg(bytes: Uint8Array): SafeSvg {
  const text = declaredEncodingOf(bytes);
  if (text === undefined) throw refused('is no text');
  if (/<!ENTITY/i.test(text) || /<!DOCTYPE[^>]*\[/i.test(text)) {
    throw refused('declares entities, which are not read');
  }
  const pictures: Uint8Array[] = [];
  const svg = rewriteMarkup(text, 'xml', {
    drops: (element) => droppedElements.has(element.toLowerCase()),
    keep(_element, attribute, value) {
      if (!attributeName.test(attribute) || /^on/i.test(attribute) || /^(.*:)?base$/i.test(attribute)) return undefined;
      if (/(^|:)(href|src)$/i.test(attribute)) {
        const [, , base64] = embeddedPicture.exec(value) ?? [];
        if (base64 !== undefined) pictures.push(Buffer.from(base64, 'base64'));
        return base64 !== undefined || value.startsWith('#') ? value : undefined;
      }
      if (attribute === 'xmlns' || attribute.startsWith('xmlns:')) return value;
      return /[\\(]/.test(value) ? cleanCss(value) : value;
    },
    text: (element, content) => (/(^|:)style$/i.test(element) ? cleanCss(content) : content),
  });
  if (!/^\s*<(\w+:)?svg[\s>]/.test(svg)) throw refused('has no picture in it');
  const hasNamespace = /^\s*<[^>]*\sxmlns(:\w+)?="/.test(svg);
  return { svg: hasNamespace ? svg : svg.replace('<svg', `<svg xmlns="${namespaceOfSvg}"`), pictures };
}

/** As the XML declaration says, where it says so and it is known; otherwise as any text. */
function declaredEncodingOf(bytes: Uint8Array): string | undefined {
  const declaration = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const encoding = /^\s*<\?xml[^>]*\sencoding=["']([\w-]+)["']/.exec(declaration)?.[1];
  if (encoding === undefined || /^utf-?(8|16)/i.test(encoding)) return decodeText(bytes);
  try {
    return new TextDecoder(encoding).decode(Uint8Array.from(bytes));
  } catch {
    return decodeText(bytes);
  }
}

const refused = (finding: string): StageError =>
  new StageError('unreadable-document', `The SVG ${finding}; export it anew, or send it as PNG or PDF.`);
