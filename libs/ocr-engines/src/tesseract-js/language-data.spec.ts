import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { languageFolder } from './language-data.js';

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
