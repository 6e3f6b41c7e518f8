import { needed, type HostedEngineKind, type HostedEnvironment } from '../hosted/create-hosted-engine.js';
import { apiVersion, AzureReader } from './azure-reader.js';

const model = ({ WAYBILL_OCR_AZURE_MODEL }: HostedEnvironment) => WAYBILL_OCR_AZURE_MODEL ?? 'prebuilt-layout';

export const azureDocumentIntelligence: HostedEngineKind = {
  modelOf: model,
  versionOf: (environment) => `${model(environment)} ${apiVersion}`,
  readerOf: (environment) => {
    const { WAYBILL_OCR_AZURE_ENDPOINT: endpoint, WAYBILL_OCR_AZURE_KEY: key } = needed(
      environment,
      'azure-document-intelligence',
      ['WAYBILL_OCR_AZURE_ENDPOINT', 'WAYBILL_OCR_AZURE_KEY'],
    );
    return new AzureReader({ endpoint, key, model: model(environment) });
  },
};
