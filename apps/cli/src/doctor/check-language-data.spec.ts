import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadEnvironment } from '@waybill/platform';
import { checkLanguageData } from './check-language-data.js';
import type { Finding, Surroundings } from './finding.js';

describe('checkLanguageData', () => {
  let folder: string;
  const stated = process.env['TESSDATA_PREFIX'];
  const check = (variables: Record<string, string>): Promise<Finding | Finding[]> => {
    const environment = loadEnvironment(variables);
    return checkLanguageData({ environment } as Surroundings);
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'doctor-'));
    process.env['TESSDATA_PREFIX'] = folder;
  });
  afterEach(async () => {
    if (stated === undefined) delete process.env['TESSDATA_PREFIX'];
    else process.env['TESSDATA_PREFIX'] = stated;
    await rm(folder, { recursive: true });
  });

  it('knows the data of npm packages and that of the system', async () => {
    await writeFile(join(folder, 'tlh.traineddata'), '');
    expect(await check({ WAYBILL_OCR_LANGUAGES: 'eng+tlh' })).toMatchObject({ verdict: 'ok' });
  });

  it('names what to install for each language without data', async () => {
    expect(await check({ WAYBILL_OCR_LANGUAGES: 'eng+tlh' })).toMatchObject([
      { verdict: 'fail', advice: expect.stringContaining('npm install @tesseract.js-data/tlh') },
    ]);
  });
});
