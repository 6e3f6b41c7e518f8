import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ConfigurationError } from '@waybill/platform';

/** The data's edition: as accurate as the large one in our measurements, at a third of its size. */
const edition = '4.0.0_best_int';
const resolver = createRequire(import.meta.url);

/**
 * The folder of one language's data, from its npm package; nothing is ever fetched while reading.
 * @throws ConfigurationError when the package is not installed
 */
export function languageFolder(language: string): string {
  const name = `@tesseract.js-data/${language}`;
  try {
    const folder = join(dirname(resolver.resolve(`${name}/package.json`)), edition);
    if (existsSync(join(folder, `${language}.traineddata.gz`))) return folder;
  } catch {
    // Not installed is the same to the operator as not complete.
  }
  throw new ConfigurationError(
    `There is no data for the language "${language}" of WAYBILL_OCR_LANGUAGES; install the npm package ${name}.`,
  );
}
