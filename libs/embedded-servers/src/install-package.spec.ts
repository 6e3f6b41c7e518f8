import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { installPackage, type ServerPackage } from './install-package.js';
import { temporaryFolder, type TemporaryFolder } from '../../../test/support/index.js';

/** One package on a registry of the test's own: npm runs for real. */
describe('installPackage', () => {
  let folder: TemporaryFolder;
  let archive: Buffer;
  const wanted = (integrity: string): ServerPackage => ({
    title: 'The example',
    name: '@waybill-test/example',
    version: '1.0.0',
    integrity,
    otherwise: 'install it by hand',
  });
  const integrityOf = (bytes: Buffer): string => `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  const registry = createServer((request, response) => {
    if (request.url?.endsWith('.tgz')) {
      response.end(archive);
      return;
    }
    const tarball = `http://${request.headers.host}/example.tgz`;
    const version = { name: wanted('').name, version: '1.0.0', dist: { tarball, integrity: integrityOf(archive) } };
    const document = { name: version.name, 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': version } };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
  });

  beforeAll(async () => {
    folder = await temporaryFolder('install');
    const source = join(folder.path, 'source');
    await mkdir(source);
    const manifest = { name: wanted('').name, version: '1.0.0', scripts: { postinstall: 'touch was-run' } };
    await writeFile(join(source, 'package.json'), JSON.stringify(manifest));
    await promisify(execFile)('npm', ['pack', '--pack-destination', folder.path], { cwd: source });
    archive = await readFile(join(folder.path, 'waybill-test-example-1.0.0.tgz'));
    registry.listen(0, '127.0.0.1');
    await once(registry, 'listening');
    process.env['npm_config_registry'] = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
    process.env['npm_config_cache'] = join(folder.path, 'npm-cache');
    process.env['npm_config_fetch_retries'] = '0';
    process.env['WAYBILL_SERVERS_DIR'] = join(folder.path, 'servers');
  });
  afterAll(async () => {
    registry.closeAllConnections();
    registry.close();
    await folder.remove();
  });

  const serversFolder = (): string => join(folder.path, 'servers');

  it('refuses a package with another digest, and keeps nothing of it', async () => {
    const known = integrityOf(Buffer.from('another archive'));
    await expect(installPackage(wanted(known), async () => undefined)).rejects.toThrow(
      /is not the one this version of Waybill knows .* or install it by hand\.$/,
    );
    expect(await readdir(serversFolder())).toEqual([]);
  });

  it('keeps nothing when the files do not stand their check', async () => {
    const fail = (): Promise<void> => Promise.reject(new Error('The check fails.'));
    await expect(installPackage(wanted(integrityOf(archive)), fail)).rejects.toThrow('The check fails.');
    expect(await readdir(serversFolder())).toEqual([]);
  });

  it('installs once, also when two processes want it, and runs no script of it', async () => {
    const lines: string[] = [];
    const install = (): Promise<string> =>
      installPackage(
        wanted(integrityOf(archive)),
        async () => undefined,
        (line) => lines.push(line),
      );
    const [one, other] = await Promise.all([install(), install()]);
    expect(one).toBe(other);
    expect(await readdir(one)).toEqual(['package.json']);
    expect(await readdir(serversFolder())).toEqual(['@waybill-test+example@1.0.0']);
    const before = lines.length;
    await install();
    expect(lines.length).toBe(before);
  });

  it('says in a sentence that npm cannot reach its registry', async () => {
    process.env['npm_config_registry'] = 'http://127.0.0.1:9/';
    const absent = { ...wanted('sha512-none'), version: '2.0.0' };
    await expect(installPackage(absent, async () => undefined)).rejects.toThrow(
      'The example could not be installed from npm (ECONNREFUSED); ' +
        "check the network and npm's registry setting and try again, or install it by hand.",
    );
  });
});
