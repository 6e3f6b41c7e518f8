import { needed, type HostedEngineKind } from '../hosted/create-hosted-engine.js';
import { ReductoReader } from './reducto-reader.js';

export const reducto: HostedEngineKind = {
  modelOf: () => 'parse',
  versionOf: () => 'parse v3',
  readerOf: (environment) =>
    new ReductoReader({
      key: needed(environment, 'reducto', ['WAYBILL_OCR_REDUCTO_KEY']).WAYBILL_OCR_REDUCTO_KEY,
      endpoint: environment.WAYBILL_OCR_REDUCTO_ENDPOINT ?? 'https://platform.reducto.ai',
    }),
};
