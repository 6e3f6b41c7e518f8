import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCodes } from '../exit-code.js';
import { processIsAlive } from './process-identity.js';
import { ServiceProcess } from './service-process.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-service-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A service whose source is given; `heard` resolves with each sentence it is reported with. */
async function service(source: string) {
  const modulePath = join(folder, 'service.mjs');
  await writeFile(modulePath, source);
  const waiting: ((sentence: string) => void)[] = [];
  const said: string[] = [];
  const report = (sentence: string): void => {
    const next = waiting.shift();
    if (next === undefined) said.push(sentence);
    else next(sentence);
  };
  const heard = (): Promise<string> =>
    new Promise((resolve) => {
      const sentence = said.shift();
      if (sentence === undefined) waiting.push(resolve);
      else resolve(sentence);
    });
  const path = join(folder, 'ocr.log');
  const process = new ServiceProcess({
    name: 'ocr',
    modulePath,
    environment: {},
    log: { path },
    drainMs: 2_000,
    report,
  });
  return { process, heard, logPath: path };
}

const obedient = `
  process.on('SIGTERM', () => { console.log('drained'); process.exit(0); });
  setInterval(() => {}, 1000);
  process.send({ type: 'ready', service: 'ocr', url: 'http://127.0.0.1:1' });
`;

describe('ServiceProcess', () => {
  it('is running once it says so, drains at the end, and can be stopped twice', async () => {
    const { process: ocr, logPath } = await service(obedient);
    const { pid, url } = await ocr.start();
    expect(url).toBe('http://127.0.0.1:1');
    await Promise.all([ocr.stop(), ocr.stop()]);
    expect(processIsAlive(pid)).toBe(false);
    expect(await readFile(logPath, 'utf8')).toContain('drained');
  });

  it('refuses with what the service said last, and its code for a wrong configuration', async () => {
    const { process: ocr } = await service(`console.error('NATS_URL is not usable.'); process.exit(78);`);
    await expect(ocr.start()).rejects.toMatchObject({
      exitCode: exitCodes.configuration,
      message: 'The ocr service did not start: NATS_URL is not usable.',
    });
  });

  it('starts a service again that was killed, and says both', async () => {
    const { process: ocr, heard } = await service(obedient);
    const { pid } = await ocr.start();
    process.kill(pid, 'SIGKILL');
    expect(await heard()).toMatch(
      /^The ocr service stopped: it was ended by SIGKILL\. Starting it again in 0\.\d s\.$/,
    );
    expect(await heard()).toBe('The ocr service is back.');
    expect(ocr.running?.pid).not.toBe(pid);
    await ocr.stop();
  });

  it('kills a service that does not listen', async () => {
    const { process: ocr } = await service(
      `process.on('SIGTERM', () => {}); ${obedient.replace(/process.on.*\n/, '')}`,
    );
    const { pid } = await ocr.start();
    await ocr.kill();
    expect(processIsAlive(pid)).toBe(false);
  });
});
