import { needed, type HostedEngineKind } from '../hosted/create-hosted-engine.js';
import { GoogleReader } from './google-reader.js';
import { readServiceAccount } from './service-account.js';

export const googleDocumentAi: HostedEngineKind = {
  modelOf: (environment) =>
    needed(environment, 'google-document-ai', ['WAYBILL_OCR_GOOGLE_MODEL']).WAYBILL_OCR_GOOGLE_MODEL,
  versionOf: ({ WAYBILL_OCR_GOOGLE_MODEL: model = '' }) => `${model} v1`,
  settingsOf: ({ WAYBILL_OCR_GOOGLE_PROCESSOR: processor = '' }) => processor,
  regionsOf: ({ WAYBILL_OCR_GOOGLE_PROCESSOR: processor = '' }) => {
    const location = /\/locations\/([a-z0-9-]+)\//.exec(processor)?.[1];
    return location === undefined ? undefined : [location];
  },
  readerOf: (environment) => {
    const given = needed(environment, 'google-document-ai', [
      'WAYBILL_OCR_GOOGLE_PROCESSOR',
      'WAYBILL_OCR_GOOGLE_KEY_FILE',
    ]);
    return new GoogleReader({
      processor: given.WAYBILL_OCR_GOOGLE_PROCESSOR,
      account: readServiceAccount(given.WAYBILL_OCR_GOOGLE_KEY_FILE),
      endpoint: environment.WAYBILL_OCR_GOOGLE_ENDPOINT,
    });
  },
};
