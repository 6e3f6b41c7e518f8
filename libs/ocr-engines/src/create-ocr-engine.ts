import type { OcrEngine } from '@waybill/document-layout';
import { ConfigurationError, type Environment } from '@waybill/platform';
import { createHostedEngine, type HostedEnvironment } from './hosted/create-hosted-engine.js';
import { hostedEngines } from './hosted/hosted-engines.js';
import { NoneEngine } from './none/none-engine.js';
import { localEngines, openLocalEngine, type LocalEngine } from './local-engines.js';
import { bestOf, testEngines, type SelfTestPage } from './self-test/choose-engine.js';
import { jobLanguageData } from './tesseract-data/language-data.js';

type OcrEnvironment = Pick<
  Environment,
  'WAYBILL_OCR_ENGINE' | 'WAYBILL_OCR_WORKERS' | 'WAYBILL_PAGE_TIMEOUT_MS' | 'WAYBILL_OCR_LANGUAGES'
> &
  HostedEnvironment;

/** Whether pages are not to be looked at at all. */
export const readsNothing = ({ WAYBILL_OCR_ENGINE }: Pick<Environment, 'WAYBILL_OCR_ENGINE'>): boolean =>
  WAYBILL_OCR_ENGINE === 'none';

/** Whether pictures are read on this machine. */
export const readsLocally = ({ WAYBILL_OCR_ENGINE: name }: Pick<Environment, 'WAYBILL_OCR_ENGINE'>): boolean =>
  name === 'auto' || Object.hasOwn(localEngines, name);

/** Whether pages leave this machine to be read. */
export function readsRemotely(
  environment: Pick<Environment, 'WAYBILL_OCR_ENGINE' | 'WAYBILL_OCR_SERVER_URL'>,
): boolean {
  if (readsNothing(environment) || readsLocally(environment)) return false;
  const { WAYBILL_OCR_ENGINE: name, WAYBILL_OCR_SERVER_URL: url } = environment;
  return (
    name !== 'ocr-server' || !['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url ?? 'http://unset').hostname)
  );
}

/**
 * Looks whether the configured engine can read the languages of a job; engines without data of their own read any.
 * @throws StageError `missing-language`, naming the package to install
 */
export function refuseMissingLanguages(
  environment: Pick<Environment, 'WAYBILL_OCR_ENGINE'>,
  languages: readonly string[],
): void {
  if (readsLocally(environment)) for (const language of languages) jobLanguageData(language);
}

/**
 * The engine that the configuration names; one folder an engine. `auto` is the first local engine that is installed, without
 * looking how well it does here.
 * @throws ConfigurationError when it is not installed, a language has no data, or a variable of a hosted engine is missing
 */
export function createOcrEngine(environment: OcrEnvironment): OcrEngine {
  const { WAYBILL_OCR_ENGINE: name } = environment;
  switch (name) {
    case 'none':
      return new NoneEngine();
    case 'auto': {
      const [engine, ...others] = installedEngines(environment);
      void Promise.all(others.map((other) => other.close()));
      if (engine) return engine;
      throw new ConfigurationError('No engine that reads pictures is installed; run npm install in the project.');
    }
    case 'tesseract-js':
    case 'tesseract-native': {
      const engine = openLocalEngine(name, environment);
      if (engine) return engine;
      throw new ConfigurationError(
        `WAYBILL_OCR_ENGINE is ${name}, which is not installed; ${localEngines[name].toInstall}, or choose another engine.`,
      );
    }
    default:
      return createHostedEngine(name, hostedEngines[name], environment);
  }
}

/**
 * As `createOcrEngine`; but `auto` lets the local engines that are installed read a page whose words are known, and takes
 * the fastest of those that read it well. With one engine installed there is nothing to compare.
 */
export async function chooseOcrEngine(
  environment: OcrEnvironment,
  drawSelfTest: () => Promise<SelfTestPage>,
): Promise<OcrEngine> {
  if (environment.WAYBILL_OCR_ENGINE !== 'auto') return createOcrEngine(environment);
  const engines = installedEngines(environment);
  if (engines.length <= 1) return engines[0] ?? createOcrEngine(environment);
  const best = bestOf(await testEngines(engines, await drawSelfTest()));
  const chosen = best?.engine ?? createOcrEngine(environment);
  await Promise.all(engines.filter((engine) => engine !== chosen).map((engine) => engine.close()));
  return chosen;
}

const installedEngines = (environment: OcrEnvironment): OcrEngine[] =>
  (Object.keys(localEngines) as LocalEngine[]).flatMap((name) => openLocalEngine(name, environment) ?? []);
