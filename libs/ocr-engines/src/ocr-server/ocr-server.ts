import { needed, type HostedEngineKind } from '../hosted/create-hosted-engine.js';
import { OcrServerReader } from './ocr-server-reader.js';

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]']);

export const ocrServer: HostedEngineKind = {
  modelOf: () => 'own',
  versionOf: ({ WAYBILL_OCR_SERVER_URL: url }) => (url === undefined ? '' : new URL(url).host),
  priceOf: (environment) => ({
    id: 'ocr-server/own',
    tier: 1,
    costUsdPerUnit: needed(environment, 'ocr-server', ['WAYBILL_OCR_SERVER_COST_USD_PER_PAGE'])
      .WAYBILL_OCR_SERVER_COST_USD_PER_PAGE,
    mostUnitsPerPage: 1,
  }),
  regionsOf: ({ WAYBILL_OCR_SERVER_URL: url }) =>
    url !== undefined && loopbackHosts.has(new URL(url).hostname) ? ['local'] : undefined,
  readerOf: (environment) =>
    new OcrServerReader({
      url: needed(environment, 'ocr-server', ['WAYBILL_OCR_SERVER_URL']).WAYBILL_OCR_SERVER_URL,
      key: environment.WAYBILL_OCR_SERVER_KEY,
    }),
};
