import { needed, type HostedEngineKind, type HostedEnvironment } from '../hosted/create-hosted-engine.js';
import { MistralReader } from './mistral-reader.js';

const model = ({ WAYBILL_OCR_MISTRAL_MODEL }: HostedEnvironment) => WAYBILL_OCR_MISTRAL_MODEL ?? 'mistral-ocr-4-0';

export const mistralOcr: HostedEngineKind = {
  modelOf: model,
  versionOf: model,
  readerOf: (environment) =>
    new MistralReader({
      key: needed(environment, 'mistral-ocr', ['WAYBILL_OCR_MISTRAL_KEY']).WAYBILL_OCR_MISTRAL_KEY,
      endpoint: environment.WAYBILL_OCR_MISTRAL_ENDPOINT ?? 'https://api.mistral.ai',
      model: model(environment),
    }),
};
