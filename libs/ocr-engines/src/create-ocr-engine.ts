import { availableParallelism } from 'node:os';
import type { OcrEngine } from '@waybill/document-layout';
import type { Environment } from '@waybill/platform';
import { createHostedEngine, type HostedEnvironment } from './hosted/create-hosted-engine.js';
import { hostedEngines } from './hosted/hosted-engines.js';
import { NoneEngine } from './none/none-engine.js';
import { jobLanguageFolder } from './tesseract-js/language-data.js';
import { TesseractEngine } from './tesseract-js/tesseract-engine.js';

type OcrEnvironment = Pick<
  Environment,
  'WAYBILL_OCR_ENGINE' | 'WAYBILL_OCR_WORKERS' | 'WAYBILL_PAGE_TIMEOUT_MS' | 'WAYBILL_OCR_LANGUAGES'
> &
  HostedEnvironment;

/** Pages recognised at once: one a core unless the operator says otherwise. */
export const ocrWorkerCount = ({ WAYBILL_OCR_WORKERS }: Pick<Environment, 'WAYBILL_OCR_WORKERS'>): number =>
  WAYBILL_OCR_WORKERS ?? availableParallelism();

/** Whether pages are not to be looked at at all. */
export const readsNothing = ({ WAYBILL_OCR_ENGINE }: Pick<Environment, 'WAYBILL_OCR_ENGINE'>): boolean =>
  WAYBILL_OCR_ENGINE === 'none';

/**
 * Looks whether the configured engine can read the languages of a job; engines without data of their own read any.
 * @throws StageError `missing-language`, naming the package to install
 */
export function refuseMissingLanguages(
  { WAYBILL_OCR_ENGINE }: Pick<Environment, 'WAYBILL_OCR_ENGINE'>,
  languages: readonly string[],
): void {
  if (WAYBILL_OCR_ENGINE === 'tesseract.js') for (const language of languages) jobLanguageFolder(language);
}

/**
 * The engine that the configuration names; one folder an engine.
 * @throws ConfigurationError when a language has no data, or a variable of a hosted engine is missing
 */
export function createOcrEngine(environment: OcrEnvironment): OcrEngine {
  switch (environment.WAYBILL_OCR_ENGINE) {
    case 'none':
      return new NoneEngine();
    case 'tesseract.js':
      return new TesseractEngine({
        workers: ocrWorkerCount(environment),
        pageTimeoutMs: environment.WAYBILL_PAGE_TIMEOUT_MS,
        languages: environment.WAYBILL_OCR_LANGUAGES.split('+'),
      });
    default:
      return createHostedEngine(
        environment.WAYBILL_OCR_ENGINE,
        hostedEngines[environment.WAYBILL_OCR_ENGINE],
        environment,
      );
  }
}
