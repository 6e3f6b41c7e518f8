import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { jobLanguageData, languageData } from './language-data.js';

describe('languageData', () => {
  it('finds the data of an installed language', () => {
    expect(existsSync(languageData('eng').file)).toBe(true);
  });

  it('says what to install for another one', () => {
    expect(() => languageData('tlh')).toThrow(
      'There is no data for the language "tlh" of WAYBILL_OCR_LANGUAGES; install the npm package @tesseract.js-data/tlh.',
    );
  });
});

describe('jobLanguageData', () => {
  it('finds the data of an installed language', () => {
    expect(jobLanguageData('eng')).toEqual(languageData('eng'));
  });

  it('refuses another one with a failure that names the package, and no retry', () => {
    let refusal: unknown;
    try {
      jobLanguageData('tlh');
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toMatchObject({
      retryable: false,
      failure: { code: 'missing-language', message: expect.stringContaining('package @tesseract.js-data/tlh') },
    });
  });
});
