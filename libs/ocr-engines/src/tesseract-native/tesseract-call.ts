import type { GrayImage } from '../reading/gray-image.js';

/** One reading by the command. */
export interface TesseractCall {
  /** What it reads with: languages, their folder, how the picture is divided. */
  readonly settings: readonly string[];
  readonly picture: GrayImage;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Gives the command's table of words. */
export type CallTesseract = (call: TesseractCall) => Promise<string>;

/** With more threads than one, two pages at a time on two cores take six times as long. */
export const tesseractEnvironment = (): NodeJS.ProcessEnv => ({ ...process.env, OMP_THREAD_LIMIT: '1' });
