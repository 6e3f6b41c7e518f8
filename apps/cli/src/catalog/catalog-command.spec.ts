import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shippedCatalog } from '@waybill/llm-routing';
import { exitCodes } from '../exit-code.js';
import { runCli } from '../run-cli.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-catalog-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(environment: Record<string, string>, ...parameters: string[]) {
  const output = { stdout: '', stderr: '' };
  const code = await runCli(['catalog', ...parameters], {
    environment,
    workingFolder: folder,
    stdout: { write: (text: string) => void (output.stdout += text) },
    stderr: { write: (text: string) => void (output.stderr += text) },
  });
  return { code, ...output };
}

async function file(name: string, content: unknown) {
  const text = JSON.stringify(content);
  await writeFile(join(folder, name), text);
  return createHash('sha256').update(text).digest('hex');
}

describe('waybill catalog', () => {
  it('lists the models and shows one, by an alias too', async () => {
    const listed = await run({}, 'show');
    for (const { id } of shippedCatalog.models) expect(listed.stdout).toContain(id);
    const { stdout } = await run({}, 'show', 'anthropic/claude-haiku-4-5', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      id: 'anthropic/claude-haiku-4-5-20251001',
      catalog: shippedCatalog.version,
    });
    expect((await run({}, 'show', 'nobody/nothing')).code).toBe(exitCodes.notFound);
  });

  it('tells what the overlay changes, and checks what is then in effect', async () => {
    await file('overlay.json', { models: [{ id: 'deepseek/deepseek-v4-flash', retiresOn: '2026-01-01' }] });
    const environment = { WAYBILL_CATALOG_OVERLAY: 'overlay.json' };
    const { code, stdout } = await run(environment, 'diff');
    expect(code).toBe(exitCodes.ok);
    expect(stdout).toContain('retiresOn: unknown → 2026-01-01');
    expect((await run({}, 'diff')).stdout).toContain('Nothing differs');
    const checked = await run(environment, 'check');
    expect(checked.code).toBe(exitCodes.jobFailed);
    expect(checked.stdout).toContain('deepseek/deepseek-v4-flash was retired on 2026-01-01');
  });

  it.each([
    ['missing.json', undefined, 'cannot be read'],
    ['wrong.json', { models: [{ id: 'openai/gpt-5.5-2026-04-23', tier: 9 }] }, 'openai/gpt-5.5-2026-04-23.tier'],
  ])('refuses the overlay %s with a sentence', async (name, content, sentence) => {
    if (content) await file(name, content);
    const { code, stderr } = await run({ WAYBILL_CATALOG_OVERLAY: name }, 'show');
    expect(code).toBe(exitCodes.configuration);
    expect(stderr).toContain(sentence);
  });

  const entry = {
    litellm_provider: 'xai',
    mode: 'chat',
    input_cost_per_token: 0.000002,
    output_cost_per_token: 0.000006,
  };

  it('imports only the very file that is meant', async () => {
    const hash = await file('prices.json', { 'xai/grok-4.5': entry });
    const pinned = await run({}, 'import', 'prices.json', '--from', 'litellm', '--sha256', hash);
    expect(pinned).toMatchObject({ code: exitCodes.ok, stdout: expect.stringContaining('xai/grok-4.5') });
    const other = await run({}, 'import', 'prices.json', '--from', 'litellm', '--sha256', '0'.repeat(64));
    expect(other).toMatchObject({ code: exitCodes.refused, stdout: '', stderr: expect.stringContaining(hash) });
    const short = await run({}, 'import', 'prices.json', '--from', 'litellm', '--sha256', 'abc');
    expect(short.code).toBe(exitCodes.usage);
    expect((await run({}, 'import', 'prices.json', '--from', 'litellm')).code).toBe(exitCodes.usage);
  });

  it('writes what the catalog lacks as an overlay that can be used, once', async () => {
    const hash = await file('new.json', { 'xai/grok-4.5': entry });
    const parameters = ['import', 'new.json', '--from', 'litellm', '--sha256', hash, '--write', 'written.json'];
    expect((await run({}, ...parameters)).code).toBe(exitCodes.ok);
    expect(await readFile(join(folder, 'written.json'), 'utf8')).toContain(`litellm sha256:${hash}`);
    const { stdout } = await run({ WAYBILL_CATALOG_OVERLAY: 'written.json' }, 'show', 'xai/grok-4.5', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ tier: 2, tasks: [] });
    expect(await run({}, ...parameters)).toMatchObject({ code: exitCodes.refused });
  });

  it('flags what disagrees, also in the prices of one provider', async () => {
    const price = (cents: number) => ({ price: cents });
    const hash = await file('anthropic.json', {
      'claude-haiku-4-5-20251001': {
        pricing_config: { pay_as_you_go: { request_token: price(0.0002), response_token: price(0.0005) } },
      },
    });
    const { stdout } = await run({}, 'import', 'anthropic.json', '--from', 'portkey', '--sha256', hash);
    expect(stdout).toContain('anthropic/claude-haiku-4-5-20251001 disagrees');
    expect(stdout).toContain('prices.usdPerMillion.standard.input: 1 → 2');
  });
});
