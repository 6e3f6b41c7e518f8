import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ResultView, RouteView, UsageView } from '@waybill/contracts';
import { temporaryFolder, type TemporaryFolder } from '../support/index.js';
import { runWaybill, startWaybill, type RunningWaybill } from './support/run-waybill.js';

const schema = {
  type: 'object',
  properties: { weight: { type: 'number' }, courier: { type: 'string' } },
};

let folder: TemporaryFolder;
let up: RunningWaybill;
const data = (): string => join(folder.path, 'data');

beforeAll(async () => {
  folder = await temporaryFolder('simulate');
  await writeFile(
    join(folder.path, 'note.txt'),
    'Delivery note\nWeight: 412.50\nHanded at noon to the courier Okafor\n',
  );
  await writeFile(join(folder.path, 'schema.json'), JSON.stringify(schema));
  // A key that lies about must not be used: nobody listens where it would be spent.
  const env = { WAYBILL_OPENAI_KEYS: 'sk-real' };
  up = startWaybill(['up', '--simulate', '--port', '0', '--workers', '1', '--data', data()], { env });
  await up.seen(/Ctrl-C/);
});
afterAll(async () => {
  up?.process.kill('SIGTERM');
  await up?.ended;
  await folder?.remove();
});

async function ask<View>(...parameters: string[]): Promise<View> {
  const { stdout } = await runWaybill([...parameters, '--json', '--data', data()], { cwd: folder.path });
  return JSON.parse(stdout) as View;
}

describe('waybill up --simulate', () => {
  it('routes without a key, and marks all that stand-ins said', async () => {
    expect((await up.seen(/models .*/))[0]).toMatch(/simulated: .* nobody is billed/);
    const { stdout, code } = await runWaybill(
      ['submit', 'note.txt', '--schema', 'schema.json', '--watch', '--json', '--data', data()],
      { cwd: folder.path },
    );
    expect(code).toBe(0);
    const id = /"id": ?"([^"]+)"/.exec(stdout)![1]!;
    const { documents } = await ask<ResultView>('result', id);
    const paid = documents[0]!.models.filter(({ tier }) => tier > 0);
    expect(paid.length).toBeGreaterThan(0);
    expect(paid.every(({ simulated }) => simulated)).toBe(true);
    const route = await ask<RouteView>('route', id);
    const asked = route.documents[0]!.attempts.filter(({ tier }) => tier > 0);
    expect(asked.map(({ simulated }) => simulated)).toEqual(asked.map(() => true));
    const usage = await ask<UsageView>('usage');
    expect(usage.totals.costUsd).toBeGreaterThan(0);
    expect(usage.totals.simulatedCostUsd).toBe(usage.totals.costUsd);
    const told = await runWaybill(['usage', '--data', data()], { cwd: folder.path });
    expect(told.stderr).toMatch(/answered by the simulator/);
  });
});
