import type { HostedOcrEngine } from '@waybill/platform';
import { awsTextract } from '../aws-textract/aws-textract.js';
import { azureDocumentIntelligence } from '../azure-document-intelligence/azure-document-intelligence.js';
import { googleDocumentAi } from '../google-document-ai/google-document-ai.js';
import { mistralOcr } from '../mistral-ocr/mistral-ocr.js';
import { ocrServer } from '../ocr-server/ocr-server.js';
import { reducto } from '../reducto/reducto.js';
import type { HostedEngineKind } from './create-hosted-engine.js';

/** One line an engine. */
export const hostedEngines: Record<HostedOcrEngine, HostedEngineKind> = {
  'azure-document-intelligence': azureDocumentIntelligence,
  'aws-textract': awsTextract,
  'google-document-ai': googleDocumentAi,
  'mistral-ocr': mistralOcr,
  reducto,
  'ocr-server': ocrServer,
};
