import { availableParallelism } from 'node:os';
import type { OcrEngine } from '@waybill/document-layout';
import type { Environment } from '@waybill/platform';
import { TesseractEngine } from './tesseract-js/tesseract-engine.js';
import { installedTesseract, staysForMore } from './tesseract-native/installed-tesseract.js';
import { TesseractNativeEngine } from './tesseract-native/tesseract-native-engine.js';

/** What engines on this machine are configured by. */
export type LocalEnvironment = Pick<
  Environment,
  'WAYBILL_OCR_WORKERS' | 'WAYBILL_PAGE_TIMEOUT_MS' | 'WAYBILL_OCR_LANGUAGES'
>;

interface LocalOptions {
  readonly workers: number;
  readonly pageTimeoutMs: number;
  readonly languages: readonly string[];
}

interface LocalEngineKind {
  /** The engine, or undefined where it is not installed. */
  readonly open: (options: LocalOptions) => OcrEngine | undefined;
  /** What an operator does to have it. */
  readonly toInstall: string;
}

/** Engines that read on this machine, the one that is mostly fastest first. */
export const localEngines = {
  'tesseract-native': {
    open: (options) => {
      const version = installedTesseract();
      if (version === undefined) return undefined;
      const processes = staysForMore(version) ? 'standing' : 'per-reading';
      return new TesseractNativeEngine({ ...options, version, processes });
    },
    toInstall: 'install Tesseract 4 or newer so that its command is on the PATH',
  },
  'tesseract-js': { open: (options) => new TesseractEngine(options), toInstall: 'run npm install in the project' },
} as const satisfies Record<string, LocalEngineKind>;

export type LocalEngine = keyof typeof localEngines;

/** Pages recognised at once: one a core unless the operator says otherwise. */
export const ocrWorkerCount = ({ WAYBILL_OCR_WORKERS }: Pick<Environment, 'WAYBILL_OCR_WORKERS'>): number =>
  WAYBILL_OCR_WORKERS ?? availableParallelism();

/**
 * A local engine as the environment wants it; undefined where it is not installed.
 * @throws ConfigurationError when a language has no data
 */
export const openLocalEngine = (name: LocalEngine, environment: LocalEnvironment): OcrEngine | undefined =>
  localEngines[name].open({
    workers: ocrWorkerCount(environment),
    pageTimeoutMs: environment.WAYBILL_PAGE_TIMEOUT_MS,
    languages: environment.WAYBILL_OCR_LANGUAGES.split('+'),
  });
