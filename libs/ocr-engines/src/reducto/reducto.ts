import { needed, type HostedEngineKind } from '../hosted/create-hosted-engine.js';
import { ReductoReader } from './reducto-reader.js';

const reductoUrl = 'https://platform.reducto.ai';
const regionsByHost: Readonly<Record<string, string>> = {
  'platform.reducto.ai': 'us',
  'eu.platform.reducto.ai': 'eu',
  'au.platform.reducto.ai': 'au',
};

export const reducto: HostedEngineKind = {
  modelOf: () => 'parse',
  versionOf: () => 'parse v3',
  regionsOf: ({ WAYBILL_OCR_REDUCTO_ENDPOINT: endpoint = reductoUrl }) => {
    const region = regionsByHost[new URL(endpoint).hostname];
    return region === undefined ? undefined : [region];
  },
  readerOf: (environment) =>
    new ReductoReader({
      key: needed(environment, 'reducto', ['WAYBILL_OCR_REDUCTO_KEY']).WAYBILL_OCR_REDUCTO_KEY,
      endpoint: environment.WAYBILL_OCR_REDUCTO_ENDPOINT ?? reductoUrl,
    }),
};
