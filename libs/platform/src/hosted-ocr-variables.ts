import { z } from 'zod';

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Keys and documents travel encrypted, except to a server on the same machine. */
const providerUrl = z.url({ protocol: /^https?$/ }).refine((text) => {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || loopbackHosts.has(hostname);
}, 'begin it with https://; http:// is for this machine only');
const secret = z.string().regex(/^[\x21-\x7e]+$/, 'write the key alone, without spaces or quotes');

/** The variables of OCR engines behind a network. Which of them an engine needs is said when it is chosen. */
export const hostedOcrVariables = {
  /** Where the engine may process pages, separated by commas; what its settings tell when absent. */
  WAYBILL_OCR_REGIONS: z
    .string()
    .transform((text) => text.split(',').map((region) => region.trim()))
    .pipe(z.array(z.string().regex(/^[a-z0-9-]+$/, 'write regions such as eu,us-east-1')).min(1))
    .optional(),
  WAYBILL_OCR_AZURE_ENDPOINT: providerUrl.optional(),
  WAYBILL_OCR_AZURE_KEY: secret.optional(),
  WAYBILL_OCR_AZURE_MODEL: z.enum(['prebuilt-layout', 'prebuilt-read']).default('prebuilt-layout'),
  WAYBILL_OCR_AWS_REGION: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'write a region such as us-east-1')
    .optional(),
  WAYBILL_OCR_AWS_ACCESS_KEY_ID: secret.optional(),
  WAYBILL_OCR_AWS_SECRET_ACCESS_KEY: secret.optional(),
  /** Of temporary credentials. */
  WAYBILL_OCR_AWS_SESSION_TOKEN: secret.optional(),
  WAYBILL_OCR_AWS_FEATURES: z.enum(['text', 'tables', 'tables+forms']).default('tables+forms'),
  /** Instead of the region's own address, for example a VPC endpoint. */
  WAYBILL_OCR_AWS_ENDPOINT: providerUrl.optional(),
  WAYBILL_OCR_GOOGLE_PROCESSOR: z
    .string()
    .regex(
      /^projects\/[^/]+\/locations\/[a-z0-9-]+\/processors\/[^/]+(\/processorVersions\/[^/]+)?$/,
      'write projects/PROJECT/locations/LOCATION/processors/ID',
    )
    .optional(),
  /** What the processor is, because that decides its price. */
  WAYBILL_OCR_GOOGLE_MODEL: z.enum(['ocr', 'form-parser']).optional(),
  /** Path of a service account's key file. */
  WAYBILL_OCR_GOOGLE_KEY_FILE: z.string().min(1).optional(),
  /** Instead of the location's own address. */
  WAYBILL_OCR_GOOGLE_ENDPOINT: providerUrl.optional(),
  WAYBILL_OCR_MISTRAL_KEY: secret.optional(),
  WAYBILL_OCR_MISTRAL_MODEL: z.enum(['mistral-ocr-4-0', 'mistral-ocr-2512']).default('mistral-ocr-4-0'),
  WAYBILL_OCR_MISTRAL_ENDPOINT: providerUrl.default('https://api.mistral.ai'),
  WAYBILL_OCR_REDUCTO_KEY: secret.optional(),
  WAYBILL_OCR_REDUCTO_ENDPOINT: providerUrl.default('https://platform.reducto.ai'),
  /** The whole address that takes pages, for example `http://127.0.0.1:8828/ocr`. */
  WAYBILL_OCR_SERVER_URL: z.url({ protocol: /^https?$/ }).optional(),
  WAYBILL_OCR_SERVER_KEY: secret.optional(),
  /** What a page on that server costs; 0 when it costs nothing. */
  WAYBILL_OCR_SERVER_COST_USD_PER_PAGE: z.coerce.number().min(0).max(10).optional(),
};

/** Engines behind a network, as `WAYBILL_OCR_ENGINE` names them. */
export const hostedOcrEngines = [
  'azure-document-intelligence',
  'aws-textract',
  'google-document-ai',
  'mistral-ocr',
  'reducto',
  'ocr-server',
] as const;
export type HostedOcrEngine = (typeof hostedOcrEngines)[number];
