import { describe, expect, it } from '@jest/globals';
import { ocrPriceOf, parseOcrCatalog, type OcrPrice } from './ocr-catalog.js';
import { shippedOcrCatalog } from './shipped-ocr-catalog.js';

const price: OcrPrice = {
  id: 'somebody/fast',
  engine: 'somebody',
  model: 'fast',
  tier: 1,
  unit: 'page',
  costUsdPerUnit: 0.01,
  mostUnitsPerPage: 1,
  source: 'somebody.example/pricing',
  checked: '2026-11-21',
};
const parse = (...prices: object[]) => parseOcrCatalog({ version: 'test', prices });

describe('the catalog of OCR engines', () => {
  it('has a price and a source for every engine that ships', () => {
    expect(new Set(shippedOcrCatalog.prices.map(({ engine }) => engine))).toEqual(
      new Set(['azure-document-intelligence', 'aws-textract', 'google-document-ai', 'mistral-ocr', 'reducto']),
    );
    expect(ocrPriceOf(shippedOcrCatalog, 'azure-document-intelligence', 'prebuilt-layout')?.costUsdPerUnit).toBe(0.01);
  });

  it('knows no price of what is not in it', () => {
    expect(ocrPriceOf(shippedOcrCatalog, 'mistral-ocr', 'mistral-ocr-latest')).toBeUndefined();
  });

  it.each([
    [{ ...price, costUsdPerUnit: 0 }, 'prices.0.costUsdPerUnit'],
    [{ ...price, costUsdPerUnit: undefined }, 'prices.0.costUsdPerUnit'],
    [{ ...price, checked: 'last week' }, 'prices.0.checked'],
    [{ ...price, id: 'somebody/slow' }, 'its engine and its model'],
  ])('refuses %j', (entry, where) => {
    expect(() => parse(entry)).toThrow(where);
  });

  it('refuses a model that stands there twice', () => {
    expect(() => parse(price, price)).toThrow('once');
  });
});
