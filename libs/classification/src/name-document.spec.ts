import { describe, expect, it } from '@jest/globals';
import type { PageClassification, PageKind } from '@waybill/contracts';
import { nameDocument } from './name-document.js';
import { classOfKind } from './name-page.js';

const page = (kind: PageKind, confidence = 0.9): PageClassification => ({
  ...{ kind, confidence, class: classOfKind[kind], stage: 'read', version: 1 },
  kinds: [{ kind, probability: confidence }],
});

describe('nameDocument', () => {
  it.each<[string, PageClassification[], string]>([
    ['pages of text', [page('text'), page('text')], 'text'],
    ['a receipt behind a letter', [page('text'), page('receipt')], 'receipt'],
    ['a table among text', [page('text'), page('table'), page('text')], 'table'],
    ['an unsure table among text', [page('text'), page('table', 0.4), page('text')], 'text'],
    ['a chart and an empty back', [page('chart'), page('blank'), page('blank')], 'chart'],
    ['empty sheets', [page('blank'), page('blank')], 'blank'],
  ])('names %s', (_what, pages, kind) => {
    expect(nameDocument(pages)).toBe(kind);
  });

  it('follows the answer between receipt and invoice, and where nothing was looked at', () => {
    expect(nameDocument([page('invoice')], 'receipt')).toBe('receipt');
    expect(nameDocument([undefined], 'form')).toBe('form');
    expect(nameDocument([], 'unknown')).toBe('unknown');
  });
});
