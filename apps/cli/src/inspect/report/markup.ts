import { certaintyOf, escapeHtml } from '@waybill/document-layout';
import type { Box } from '@waybill/contracts';

/** A row of a table as cells of markup; `number` aligns right. */
export interface Column {
  readonly title: string;
  readonly align?: 'number';
}

/** A table of a report. Cells are markup; whoever makes them has escaped what a document said. */
export function listTable(
  columns: readonly Column[],
  rows: readonly { readonly cells: readonly string[]; readonly mark?: string }[],
): string {
  const kind = ({ align }: Column): string => (align === undefined ? '' : ` class="${align}"`);
  const head = columns.map((column) => `<th${kind(column)}>${escapeHtml(column.title)}</th>`).join('');
  const body = rows.map(({ cells, mark = '' }) => {
    const written = cells.map((cell, at) => `<td${kind(columns[at] ?? { title: '' })}>${cell}</td>`);
    return `<tr${mark}>${written.join('')}</tr>`;
  });
  return `<div class="scroll"><table class="list"><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`;
}

/** Terms and what they are; descriptions are markup. */
export const facts = (entries: readonly (readonly [term: string, description: string])[]): string =>
  `<dl>${entries.map(([term, description]) => `<dt>${escapeHtml(term)}</dt><dd>${description}</dd>`).join('')}</dl>`;

/** Names with a bar from 0 to 1 each. */
export const bars = (entries: readonly (readonly [name: string, share: number])[]): string =>
  `<div class="bars">${entries
    .map(([name, share]) => {
      const said = share.toFixed(2);
      return `<span>${escapeHtml(name)}</span><progress max="1" value="${said}"></progress><span class="score">${said}</span>`;
    })
    .join('')}</div>`;

/** A confidence, coloured. */
export const score = (confidence: number): string =>
  `<span class="score ${certaintyOf(confidence)}">${confidence.toFixed(2)}</span>`;

/** What makes an element show its place on the page when it is pointed at, reached or clicked. */
export function placeMark(boxes: readonly Box[]): string {
  if (boxes.length === 0) return '';
  const said = boxes.map((box) => box.map((edge) => Number(edge.toFixed(5))).join(' ')).join('; ');
  return ` tabindex="0" data-box="${said}"`;
}
