import type { PageLayout, StageTimes } from '@waybill/contracts';
import { escapeHtml } from '@waybill/document-layout';
import { formatDuration } from '../../terminal/format-duration.js';
import type { ReadPage } from '../inspection.js';
import { bars, facts, listTable, score } from './markup.js';

const spoken = (name: string): string => name.replaceAll('-', ' ');

const sources: Readonly<Record<PageLayout['source'], string>> = {
  ocr: 'its picture',
  'text-layer': 'the text it carries',
  mixed: 'the text it carries, and pictures on it',
  none: 'nothing: there was nothing to be read',
};

/** What the page is and how hard it is. */
export function kindFacts({ classification, difficulty }: ReadPage): string {
  const kinds = classification
    ? `<h4>What it is</h4>${bars(classification.kinds.map(({ kind, probability }) => [kind, probability]))}`
    : '';
  if (!difficulty) return kinds;
  const reasons = difficulty.reasons.map(({ reason, contribution }) => [spoken(reason), contribution] as const);
  return `${kinds}<h4>How hard it is: ${difficulty.score.toFixed(2)}</h4>${
    reasons.length === 0 ? '<p class="quiet">Nothing makes it hard.</p>' : bars(reasons)
  }`;
}

/** How the page was read, and what there is to doubt about it. */
export function readingFacts({ layout, times }: ReadPage): string {
  const { engine, languages, textLayer, recognition, remarks } = layout;
  const entries: (readonly [string, string])[] = [
    ['read from', sources[layout.source]],
    ['by', escapeHtml(`${engine.name} ${engine.version}`.trim())],
    ['size', sizeOf(layout)],
    ['words', wordsOf(layout)],
    ...(languages.length > 0 ? [['languages', escapeHtml(languages.join(', '))] as const] : []),
    ...turnOf(layout),
    ...(textLayer ? [['its own text', layerSentence(textLayer)] as const] : []),
    ['time', escapeHtml(timeOf(times))],
  ];
  const doubts = remarks.map((remark) => `<li>${escapeHtml(remark)}</li>`).join('');
  return [
    `<h4>How it was read</h4>${facts(entries)}`,
    ...(doubts ? [`<ul class="remarks">${doubts}</ul>`] : []),
    ...(textLayer && textLayer.reasons.length > 0 ? [hiddenText(textLayer.reasons)] : []),
    ...(recognition && recognition.attempts.length > 0 ? [attemptTable(recognition.attempts)] : []),
  ].join('\n');
}

const sizeOf = ({ width, height, unit, dpi }: PageLayout): string =>
  `${Math.round(width)} × ${Math.round(height)} ${unit}${dpi === null ? '' : `, ${Math.round(dpi)} dpi`}`;

function wordsOf({ words }: PageLayout): string {
  if (words.length === 0) return 'none';
  const mean = words.reduce((sum, { confidence }) => sum + confidence, 0) / words.length;
  return `${words.length}, on average ${score(mean)} sure`;
}

function turnOf({ rotation, skewDegrees }: PageLayout): [string, string][] {
  const turned = rotation === 0 ? [] : [`lies turned; ${rotation}° clockwise bring it upright`];
  const slanted = Math.abs(skewDegrees) < 0.05 ? [] : [`slants by ${skewDegrees.toFixed(1)}°`];
  const said = [...turned, ...slanted].join(', ');
  return said ? [['lies', said]] : [];
}

function layerSentence({ verdict, words, hiddenWords, agreement }: NonNullable<PageLayout['textLayer']>): string {
  const hidden = hiddenWords > 0 ? `, ${hiddenWords} of them do not show` : '';
  const agreed = agreement === null ? '' : `; its picture agrees to ${score(agreement)}`;
  return `<strong>${escapeHtml(spoken(verdict))}</strong>, ${words} words${hidden}${agreed}`;
}

const hiddenText = (reasons: NonNullable<PageLayout['textLayer']>['reasons']): string =>
  `<h4>What is wrong with its own text</h4>${listTable(
    [{ title: 'what' }, { title: 'words', align: 'number' }, { title: 'for example' }],
    reasons.map(({ code, words, sample }) => ({ cells: [spoken(code), String(words), escapeHtml(sample)] })),
  )}`;

const attemptTable = (attempts: NonNullable<PageLayout['recognition']>['attempts']): string =>
  `<h4>Readings of its picture</h4>${listTable(
    [
      { title: 'prepared' },
      { title: 'sure', align: 'number' },
      { title: 'ink read', align: 'number' },
      { title: 'outcome' },
    ],
    attempts.map(({ preparation, reason, confidence, coverage, outcome }) => ({
      cells: [
        escapeHtml(preparation) + (reason === undefined ? '' : `<br><small>${escapeHtml(reason)}</small>`),
        score(confidence),
        coverage.toFixed(2),
        spoken(outcome),
      ],
    })),
  )}`;

const timeOf = (times: StageTimes): string => {
  const all = Object.values(times).reduce((sum, ms) => sum + ms, 0);
  const steps = Object.entries(times).map(([step, ms]) => `${step} ${formatDuration(ms)}`);
  return `${formatDuration(all)} (${steps.join(', ')})`;
};
