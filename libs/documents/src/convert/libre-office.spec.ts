import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { libreOffice } from './libre-office.js';

const document = { bytes: Buffer.from('words'), ending: 'docx', name: 'Word' };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-office-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A command that does what LibreOffice's does, as far as the converter can see. */
async function commandThat(script: string): Promise<string> {
  const path = join(folder, `office-${script.length}`);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

const converterOf = (command: string, timeoutMs = 20_000) =>
  libreOffice({
    WAYBILL_OFFICE_COMMAND: command,
    WAYBILL_CONVERT_TIMEOUT_MS: timeoutMs,
    WAYBILL_MAX_CONVERT_MEMORY_BYTES: 8_000_000_000,
  });
const scratchFolders = async (): Promise<string[]> =>
  (await readdir(tmpdir())).filter((name) => name.startsWith('waybill-convert-'));

describe('libreOffice', () => {
  it('converts in a folder and a profile of its own, and leaves nothing', async () => {
    const command = await commandThat(
      'grep -q BlockUntrustedRefererLinks profile/user/registrymodifications.xcu && [ "$HOME" = "$PWD" ] && cp document.docx document.pdf',
    );
    const before = await scratchFolders();
    const pdf = await converterOf(command)?.toPdf(document, undefined);
    expect(Buffer.from(pdf ?? []).toString()).toBe('words');
    expect(await scratchFolders()).toEqual(before);
  });

  it.each([
    [
      'is not installed',
      'no-such-command-anywhere',
      'unsupported-format',
      'install LibreOffice or set WAYBILL_OFFICE_COMMAND',
    ],
    ['makes no PDF', 'true', 'unreadable-document', 'could not be converted'],
  ])('refuses with a sentence when the command %s', async (_what, command, code, sentence) => {
    await expect(converterOf(command)?.toPdf(document, undefined)).rejects.toMatchObject({
      failure: { code, message: expect.stringContaining(sentence) },
      retryable: false,
    });
  });

  it('ends a command that takes too long, with all that it has started', async () => {
    const command = await commandThat('(sleep 600; echo late) & wait');
    await expect(converterOf(command, 300)?.toPdf(document, undefined)).rejects.toMatchObject({
      failure: { code: 'timeout', message: expect.stringContaining('WAYBILL_CONVERT_TIMEOUT_MS') },
    });
  });

  it('stops when it is told to', async () => {
    const command = await commandThat('sleep 599');
    const controller = new AbortController();
    const converting = converterOf(command)?.toPdf(document, controller.signal);
    controller.abort(new Error('Cancelled.'));
    await expect(converting).rejects.toThrow('Cancelled.');
  });

  it('is not there where the settings switch it off', () => {
    expect(converterOf('none')).toBeUndefined();
  });
});
