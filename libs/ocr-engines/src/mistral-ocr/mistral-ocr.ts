import { needed, type HostedEngineKind, type HostedEnvironment } from '../hosted/create-hosted-engine.js';
import { MistralReader } from './mistral-reader.js';

const model = ({ WAYBILL_OCR_MISTRAL_MODEL }: HostedEnvironment) => WAYBILL_OCR_MISTRAL_MODEL ?? 'mistral-ocr-4-0';

const mistralUrl = 'https://api.mistral.ai';

export const mistralOcr: HostedEngineKind = {
  modelOf: model,
  versionOf: model,
  regionsOf: ({ WAYBILL_OCR_MISTRAL_ENDPOINT: endpoint = mistralUrl }) =>
    endpoint === mistralUrl ? ['eu'] : undefined,
  readerOf: (environment) =>
    new MistralReader({
      key: needed(environment, 'mistral-ocr', ['WAYBILL_OCR_MISTRAL_KEY']).WAYBILL_OCR_MISTRAL_KEY,
      endpoint: environment.WAYBILL_OCR_MISTRAL_ENDPOINT ?? mistralUrl,
      model: model(environment),
    }),
};
