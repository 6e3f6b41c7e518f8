import { refuseMissingLanguages } from '@waybill/ocr-engines';
import { fail, ok, type Finding, type Surroundings } from './finding.js';

/**
 * The data of every language that pages are read in is installed, from the system or from npm, so that nothing is fetched
 * while reading. Engines that are asked over the network have their own.
 */
export function checkLanguageData({ environment }: Surroundings): Promise<Finding | Finding[]> {
  const languages = environment.WAYBILL_OCR_LANGUAGES.split('+');
  const missing = languages.filter((language) => !isInstalled(environment, language));
  if (missing.length === 0) return Promise.resolve(ok('languages', languages.join(', ')));
  return Promise.resolve(
    missing.map((language) =>
      fail(
        'languages',
        `there is no data to read ${language}`,
        `Run \`npm install @tesseract.js-data/${language}\`, or take ${language} out of WAYBILL_OCR_LANGUAGES.`,
      ),
    ),
  );
}

function isInstalled(environment: Surroundings['environment'], language: string): boolean {
  try {
    refuseMissingLanguages(environment, [language]);
    return true;
  } catch {
    return false;
  }
}
