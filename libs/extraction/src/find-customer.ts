import type { DocumentText, Segment } from './document-text.js';
import { namesBuyer, statesFact } from './header-rows.js';
import type { Finding } from './finding.js';
import { readingOf } from './reading-of.js';

const label =
  /^.*?\b(?:bill(?:ed)? to|sold to|invoice to|customer(?: name)?|buyer|client|recipient)\b(?!\s*(?:no|id|copy|number|service|care))[\s:.]*/i;

/** Finds whom an invoice is addressed to: the words behind or right below `Bill to` and its like. */
export function findCustomer(text: DocumentText): Finding<string> | undefined {
  for (const row of text.rows) {
    for (const segment of row.segments) {
      const match = label.exec(segment.text);
      if (!match || !namesBuyer(segment.text) || /^\W*ship/i.test(segment.text)) continue;
      const taken = match[0].trim().split(/\s+/).length;
      const beside = segment.tokens.slice(taken);
      const tokens = beside.length > 0 ? beside : (segmentBelow(text, row.index, segment)?.tokens ?? []);
      const printed = tokens
        .map((token) => token.text)
        .join(' ')
        .replace(/^[\s:.,-]+|[\s,;:]+$/g, '');
      if (!/\p{L}{2}/u.test(printed) || statesFact(printed)) continue;
      const evidence = {
        label: 1,
        reading: readingOf(tokens),
        agreement: 0,
        margin: beside.length > 0 ? 0.6 : 0.8,
        form: 1,
      };
      return { value: printed, printed, tokens, evidence };
    }
  }
  return undefined;
}

function segmentBelow(text: DocumentText, from: number, above: Segment): Segment | undefined {
  const page = text.rows[from]?.page;
  return text.rows
    .slice(from + 1, from + 4)
    .filter((row) => row.page === page)
    .flatMap((row) => row.segments)
    .find((segment) => segment.x0 < above.x1 && segment.x1 > above.x0 && segment.y0 - above.y1 < 2.5 * text.rowHeight);
}
