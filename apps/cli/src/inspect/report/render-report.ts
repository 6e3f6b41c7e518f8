import { createHash } from 'node:crypto';
import { escapeHtml } from '@waybill/document-layout';
import { formatDuration } from '../../terminal/format-duration.js';
import { count } from '../../terminal/format-event.js';
import { fieldsOn, type InspectedDocument, type InspectedFile } from '../inspection.js';
import { listTable } from './markup.js';
import { pageSection } from './page-section.js';
import { reportScript } from './report-script.js';
import { reportStyle } from './report-style.js';

const digestOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Whatever a document says, a browser runs and loads nothing of it: only this style and this script are allowed. */
const policy = [
  "default-src 'none'",
  'img-src data:',
  `style-src ${digestOf(reportStyle)}`,
  `script-src ${digestOf(reportScript)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** A file as one page of HTML that needs nothing else: no network, no other file. */
export function renderReport(file: InspectedFile): string {
  const { name, documents, durationMs } = file;
  const pages = documents.flatMap((document) => document.pages);
  const links =
    pages.length < 2
      ? ''
      : `<nav>${pages.map(({ number }) => `<a href="#page-${number}">${number}</a>`).join('')}</nav>`;
  const [first] = documents;
  const chips = [count(pages.length, 'page'), ...(first ? [first.mediaType, sizeOf(first.sizeBytes)] : [])];
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer">
<title>${escapeHtml(name)} – Waybill</title><style>${reportStyle}</style></head>
<body><main><h1>${escapeHtml(name)}</h1>
${chipList([...chips, `read in ${formatDuration(durationMs)}`, ...(documents.length === 1 && first ? judgement(first) : [])])}${links}
${documents.map((document) => documentPart(document, documents.length === 1 ? '' : titleOf(document))).join('\n')}
</main><script>${reportScript}</script></body></html>
`;
}

function documentPart(document: InspectedDocument, title: string): string {
  const { failure, pages } = document;
  return [
    title,
    ...(failure ? [`<p class="problem">${escapeHtml(failure.message)}</p>`] : []),
    missing(document),
    ...pages.map((page) => pageSection(page, fieldsOn(document, page.page))),
  ].join('\n');
}

/** What a document is, where a file has several of them. */
function titleOf(document: InspectedDocument): string {
  const { name, mediaType, pages } = document;
  return `<h2>${escapeHtml(name)}</h2>${chipList([count(pages.length, 'page'), mediaType, ...judgement(document)])}`;
}

const judgement = ({ kind, difficulty }: InspectedDocument): string[] => [
  `kind: ${kind}`,
  ...(difficulty ? [`difficulty ${difficulty.score.toFixed(2)}`] : []),
];

/** Fields that were asked for and stand nowhere. */
function missing({ fields }: InspectedDocument): string {
  const absent = fields.filter(({ value }) => value === null);
  if (absent.length === 0) return '';
  const rows = absent.map(({ path, reason }) => ({ cells: [escapeHtml(path.slice(1)), escapeHtml(reason ?? '')] }));
  return `<details><summary class="quiet">${count(absent.length, 'field')} not found</summary>${listTable([{ title: 'field' }, { title: 'why' }], rows)}</details>`;
}

const chipList = (chips: readonly string[]): string =>
  `<ul class="chips">${chips.map((chip) => `<li>${escapeHtml(chip)}</li>`).join('')}</ul>`;

const sizeOf = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
