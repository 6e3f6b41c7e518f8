import { describe, expect, it } from '@jest/globals';
import type { HostedOcrEngine } from '@waybill/platform';
import { hostedEngines } from './hosted-engines.js';
import type { HostedEnvironment } from './create-hosted-engine.js';

describe('where hosted engines process pages', () => {
  it.each<[HostedOcrEngine, Partial<HostedEnvironment>, readonly string[] | undefined]>([
    ['aws-textract', { WAYBILL_OCR_AWS_REGION: 'eu-central-1' }, ['eu-central-1']],
    ['google-document-ai', { WAYBILL_OCR_GOOGLE_PROCESSOR: 'projects/p/locations/eu/processors/1' }, ['eu']],
    ['mistral-ocr', {}, ['eu']],
    ['mistral-ocr', { WAYBILL_OCR_MISTRAL_ENDPOINT: 'https://gateway.example' }, undefined],
    ['reducto', {}, ['us']],
    ['reducto', { WAYBILL_OCR_REDUCTO_ENDPOINT: 'https://eu.platform.reducto.ai' }, ['eu']],
    ['reducto', { WAYBILL_OCR_REDUCTO_ENDPOINT: 'https://gateway.example' }, undefined],
    ['ocr-server', { WAYBILL_OCR_SERVER_URL: 'http://127.0.0.1:8828/ocr' }, ['local']],
    ['ocr-server', { WAYBILL_OCR_SERVER_URL: 'http://10.0.0.7/ocr' }, undefined],
    ['azure-document-intelligence', { WAYBILL_OCR_AZURE_ENDPOINT: 'https://x.cognitiveservices.azure.com' }, undefined],
  ])('%s with %j: %j', (name, given, regions) => {
    expect(hostedEngines[name].regionsOf?.({ WAYBILL_PAGE_TIMEOUT_MS: 1, ...given })).toEqual(regions);
  });
});
