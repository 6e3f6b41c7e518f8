import { StageError } from '@waybill/jobs';
import type { ConvertedFormat } from './document-format.js';
import { sanitiseHtml } from './html/sanitise-html.js';
import { beginningOf } from './text/text-format.js';

const start =
  /^\ufeff?(\s|<!--[\s\S]*?-->|<\?xml[\s\S]*?\?>)*<(!doctype\s+html|html|head|body|table|div|p|h[1-6]|title|meta|style|script)[\s/>]/i;

export const html: ConvertedFormat = {
  kind: 'converted',
  name: 'HTML',
  mediaType: 'text/html',
  endings: ['html', 'htm'],
  toldBy: 'content',
  // As a web page, it is laid out for a screen: headings before a page break are lost.
  filters: { reads: 'HTML (StarWriter)', writes: 'writer_pdf_Export' },
  isIn({ bytes, signature }) {
    return (signature === undefined || signature === 'application/xml') && start.test(beginningOf(bytes) ?? '');
  },
  prepare(bytes) {
    const safe = sanitiseHtml(bytes);
    if (safe === undefined)
      throw new StageError('unreadable-document', 'The HTML is no text; save it anew and send that.');
    return Buffer.from(safe);
  },
};
