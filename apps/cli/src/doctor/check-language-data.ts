import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fail, ok, type Finding, type Surroundings } from './finding.js';

/** The data of every language that pages are read in is installed, so that nothing is fetched while reading. */
export async function checkLanguageData({ environment }: Surroundings): Promise<Finding | Finding[]> {
  const languages = environment.WAYBILL_OCR_LANGUAGES.split('+');
  const installed = await Promise.all(languages.map(isInstalled));
  const missing = languages.filter((_, index) => !installed[index]);
  if (missing.length === 0) return ok('languages', languages.join(', '));
  return missing.map((language) =>
    fail(
      'languages',
      `there is no data to read ${language}`,
      `Run \`npm install @tesseract.js-data/${language}\`, or take ${language} out of WAYBILL_OCR_LANGUAGES.`,
    ),
  );
}

async function isInstalled(language: string): Promise<boolean> {
  try {
    const manifest = createRequire(import.meta.url).resolve(`@tesseract.js-data/${language}/package.json`);
    await access(join(dirname(manifest), '4.0.0_best_int', `${language}.traineddata.gz`));
    return true;
  } catch {
    return false;
  }
}
