import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { tenantSchema } from '@waybill/contracts';
import { mintKey } from '@waybill/identity';
import { Database, PostgresKeyBook } from '@waybill/persistence';
import { drawSamples } from '@waybill/samples';
import {
  patientDatabase,
  startStack,
  temporaryFolder,
  type TemporaryFolder,
  type TestStack,
} from '../support/index.js';

const project = join(import.meta.dirname, '..', '..');
const examples = [
  { name: 'TypeScript', runtime: process.execPath, script: 'dist/examples/typescript/extract-fields.js' },
  { name: 'Python', runtime: 'python3', script: 'examples/python/extract-fields.py' },
  { name: 'curl', runtime: 'bash', script: 'examples/curl/extract-fields.sh', needs: 'curl' },
];

let folder: TemporaryFolder;
let stack: TestStack;
let receipt: string;
let total: unknown;
let WAYBILL_API_KEY: string;

beforeAll(async () => {
  folder = await temporaryFolder('examples');
  const sample = (await drawSamples(folder.path)).find(({ name }) => name === 'receipt-photo.jpg');
  [receipt, total] = [sample!.path, sample!.expected.values.total];
  stack = await startStack({ env: { WAYBILL_AUTH: 'keys' } });
  const database = new Database(stack.databaseUrl, patientDatabase);
  const { text, ...minted } = mintKey();
  const facts = { tenant: tenantSchema.parse('acme'), name: 'test', scopes: ['submit', 'read'] as const };
  await new PostgresKeyBook(database).add({ ...facts, createdAt: new Date(), ...minted });
  await database.close();
  WAYBILL_API_KEY = text;
});
afterAll(async () => {
  await stack?.stop();
  await folder?.remove();
});

const runs = (command: string): boolean => spawnSync(command, ['--version']).status === 0;

describe('the example', () => {
  for (const { name, runtime, script, needs = runtime } of examples) {
    const run = async (key: string) =>
      promisify(execFile)(runtime, [join(project, script), receipt], {
        env: { ...process.env, WAYBILL_URL: stack.url, WAYBILL_API_KEY: key },
      }).then(
        ({ stdout, stderr }) => ({ code: 0, said: stdout, stderr }),
        ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
          code,
          said: `${stdout}${stderr}`,
          stderr,
        }),
      );

    if (!runs(runtime) || !runs(needs)) {
      it.skip(`in ${name}: ${runtime} or ${needs} is not on the PATH`, () => undefined);
      continue;
    }
    it(`in ${name} prints what the receipt says`, async () => {
      const { code, said, stderr } = await run(WAYBILL_API_KEY);
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
      expect(said).toMatch(/completed.*receipt|receipt.*completed|"status":"completed"/);
      expect(said).toMatch(new RegExp(`"?/total"?[^\\n]*${String(total)}`));
    });
    it(`in ${name} says what is wrong with its key`, async () => {
      const { code, said } = await run('wb_live_000000000000_wrong');
      expect(code).not.toBe(0);
      expect(said).toContain('The credential is missing or not good');
    });
  }
});
