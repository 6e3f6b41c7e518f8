import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { ExtractedField } from '@waybill/contracts';
import { layOutPage, type PageReading, type RawWord } from '@waybill/document-layout';
import { Parser } from 'htmlparser2';
import type { InspectedFile, ReadPage } from '../inspection.js';
import { renderReport } from './render-report.js';
import { reportScript } from './report-script.js';
import { reportStyle } from './report-style.js';

const wordsOf = (text: string): RawWord[] =>
  text.split(' ').map((word, at) => {
    const x = 60 + 90 * at;
    return { text: word, box: [x, 80, x + 80, 92], confidence: 0.95 };
  });

/** A file whose every text, from whomever it may come, says the same. */
function fileSaying(text: string): InspectedFile {
  const reading: PageReading = {
    ...{ document: 0, page: 1, width: 600, height: 800, unit: 'pt', dpi: null, rotation: 90, skewDegrees: 1 },
    source: 'ocr',
    engine: { name: text, version: text },
    languages: [text],
    words: wordsOf(`Total: ${text}`),
    textLayer: {
      ...{ verdict: 'unsound', words: 9, hiddenWords: 3, agreement: 0.2 },
      reasons: [{ code: 'invisible', words: 3, sample: text, boxes: [] }],
    },
    recognition: {
      ...{ cached: false, pictures: 1 },
      attempts: [{ preparation: text, reason: text, confidence: 0.4, coverage: 0.5, outcome: 'kept' }],
    },
    squares: [{ box: [40, 80, 50, 90], ink: 'marked' }],
    remarks: [text],
  };
  const page: ReadPage = {
    ...{ status: 'read', number: 1, page: 1, layout: layOutPage(reading), times: { decode: 2 } },
    classification: {
      ...{ kind: 'form', confidence: 0.8, class: 'dense', stage: 'read', version: 1 },
      kinds: [{ kind: 'form', probability: 0.8 }],
    },
    difficulty: { score: 0.3, reasons: [{ reason: 'skew', amount: 1, contribution: 0.3 }], version: 1 },
    picture: { mediaType: 'image/jpeg', base64: 'AAAA' },
  };
  const field = (path: string, value: ExtractedField['value'], more: Partial<ExtractedField> = {}): ExtractedField => ({
    ...{ path, value, confidence: 0.7, page: 1, boxes: [[0.1, 0.1, 0.2, 0.2]], words: [0], ...more },
  });
  const failure = { code: 'unreadable-page' as const, message: text };
  const document = { name: text, mediaType: text, sizeBytes: 1_200_000, kind: 'form' as const, pages: [], fields: [] };
  return {
    ...{ path: text, name: text, durationMs: 3 },
    documents: [
      {
        ...document,
        pages: [page, { status: 'failed', number: 2, page: 2, failure }],
        fields: [
          field(`/${text}`, text),
          field(`/${text}/0/${text}`, text, { grounded: false }),
          { ...field(`/${text}2`, null), page: undefined, reason: text },
        ],
      },
      { ...document, failure },
    ],
  };
}

interface Seen {
  readonly elements: Set<string>;
  readonly attributes: (readonly [name: string, value: string])[];
  readonly scripts: string[];
  text: string;
}

/** The report as a browser takes it apart. */
function take(html: string): Seen {
  const seen: Seen = { elements: new Set(), attributes: [], scripts: [], text: '' };
  let inside = '';
  const parser = new Parser({
    onopentag(name, attributes) {
      seen.elements.add(name);
      seen.attributes.push(...Object.entries(attributes));
      inside = name;
      if (name === 'script') seen.scripts.push('');
    },
    ontext(text) {
      if (inside === 'script') seen.scripts.push(`${seen.scripts.pop() ?? ''}${text}`);
      else seen.text += text;
    },
    onclosetag() {
      inside = '';
    },
  });
  parser.end(html);
  return seen;
}

const harmless = take(renderReport(fileSaying('harmless')));
const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64');

describe('renderReport', () => {
  it.each([
    '<script>alert(1)</script>',
    '</title><script>alert(1)</script>',
    '</style></svg></pre><img src=x onerror=alert(1)>',
    '" onpointerover="alert(1)" x="',
    "' autofocus onfocus='alert(1)",
    '<!--<script>',
    ']]><a href="javascript:alert(1)">x</a>',
  ])('shows %s as what it is: text', (hostile) => {
    const seen = take(renderReport(fileSaying(hostile)));
    expect(seen.elements).toEqual(harmless.elements);
    expect(seen.scripts).toEqual([reportScript]);
    const names = new Set(seen.attributes.map(([name]) => name));
    expect(names).toEqual(new Set(harmless.attributes.map(([name]) => name)));
    expect([...names].filter((name) => name.startsWith('on') || name === 'style' || name === 'src')).toEqual([]);
    expect(seen.text).toContain(hostile);
  });

  it('asks for nothing from outside, and lets only its own script and style do anything', () => {
    const links = harmless.attributes.filter(([name]) => name === 'href' || name === 'src').map(([, value]) => value);
    for (const link of links) expect(link).toMatch(/^(#page-\d+|data:image\/jpeg;base64,AAAA)$/);
    const [, policy = ''] = harmless.attributes.find(([, value]) => value.startsWith('default-src')) ?? [];
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      'img-src data:',
      `style-src 'sha256-${digestOf(reportStyle)}'`,
      `script-src 'sha256-${digestOf(reportScript)}'`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(`${reportStyle}${reportScript}`).not.toMatch(/https?:(?!\/\/www\.w3\.org\/2000\/svg)|@import|url\(/);
  });

  it('says what a page is, how it was read, what was found, and what was not', () => {
    const html = renderReport(fileSaying('harmless'));
    expect(html).toContain('<strong>unsound</strong>, 9 words, 3 of them do not show; its picture agrees to');
    expect(html).toContain('How hard it is: 0.30');
    expect(html).toContain('lies turned; 90° clockwise bring it upright, slants by 1.0°');
    expect(html).toContain('<tr tabindex="0" data-box="0.1 0.1 0.2 0.2"><td>harmless</td><td>harmless</td>');
    expect(html).toContain('<small>(not on the page)</small>');
    expect(html).toContain('1 field not found');
    expect(html).toContain(
      '<section class="page" id="page-2"><header><h3>Page 2</h3></header><p class="problem">harmless',
    );
  });
});
