import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { jobLanguageFolder, languageFolder } from './language-data.js';

describe('languageFolder', () => {
  it('finds the data of an installed language', () => {
    expect(existsSync(`${languageFolder('eng')}/eng.traineddata.gz`)).toBe(true);
  });

  it('says what to install for another one', () => {
    expect(() => languageFolder('tlh')).toThrow(
      'There is no data for the language "tlh" of WAYBILL_OCR_LANGUAGES; install the npm package @tesseract.js-data/tlh.',
    );
  });
});

describe('jobLanguageFolder', () => {
  it('finds the data of an installed language', () => {
    expect(jobLanguageFolder('eng')).toBe(languageFolder('eng'));
  });

  it('refuses another one with a failure that names the package, and no retry', () => {
    let refusal: unknown;
    try {
      jobLanguageFolder('tlh');
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toMatchObject({
      retryable: false,
      failure: { code: 'missing-language', message: expect.stringContaining('package @tesseract.js-data/tlh') },
    });
  });
});
