import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createModerators } from '@waybill/guardrail-engines';
import { parseGuardrailPolicy, type ModeratorId } from '@waybill/guardrails';
import { startModelSimulator, simulateModerators, type ModelSimulator } from '@waybill/provider-simulator';
import { drawPicture } from '../../e2e/support/draw-documents.js';
import { GuardedScene } from './guarded-scene.js';

type Moderators = Awaited<ReturnType<typeof simulateModerators>>;
const variables = { MODERATION_KEY: 'a-key-for-moderation' };
const never = new AbortController().signal;
let server: Moderators;
let models: ModelSimulator;
let scene: GuardedScene;

beforeAll(async () => {
  server = await simulateModerators();
  models = await startModelSimulator();
  scene = new GuardedScene(models.url, variables);
});
afterEach(() => {
  models.reset();
  server.requests.length = 0;
});
afterAll(async () => {
  await scene?.engine.close();
  await models?.close();
  await server?.stop();
});

const settings = (id: ModeratorId) => ({
  url: id === 'http-classifier' ? `${server.url}/classify` : server.url,
  key: 'MODERATION_KEY',
});
const policyOf = (id: ModeratorId, rule: object) => ({
  rules: [{ guardrail: id, ...rule }],
  moderators: { [id]: settings(id) },
});

describe.each(['openai-moderation', 'azure-content-safety', 'http-classifier'] as const)('%s', (id) => {
  const moderator = () =>
    createModerators(
      parseGuardrailPolicy({ version: 1, rules: [], moderators: { [id]: settings(id) } }),
      variables,
    ).get(id)!;
  const pictures = [{ page: 2, bytes: new Uint8Array([1, 2, 3]) }];

  it('tells categories with scores, of texts as long as they are', async () => {
    const found = await moderator().moderate(
      { texts: ['harmless', `${'x '.repeat(12_000)} violent-test-phrase`], pictures },
      never,
    );
    expect(found.map(({ kind }) => kind.toLowerCase())).toEqual(['violence']);
    expect(found[0]!.score).toBeGreaterThan(0.8);
    const sent = server.requests.map(({ body }) => body.toString('utf8')).join(' ');
    expect(sent).toContain(Buffer.from([1, 2, 3]).toString('base64'));
  });

  it('can be asked again after a refusal, and its key is in no message', async () => {
    server.script(/./, { status: 503, body: {} });
    const refusal = await moderator()
      .moderate({ texts: ['x'], pictures: [] }, never)
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({ retryable: true, failure: { code: 'unavailable' } });
    expect(String(refusal)).not.toContain(variables.MODERATION_KEY);
  });

  it('says at start that its key is not set', () => {
    const policy = parseGuardrailPolicy({ version: 1, rules: [], moderators: { [id]: settings(id) } });
    expect(() => createModerators(policy, {})).toThrow(/MODERATION_KEY, which is not set/);
  });
});

describe('moderation of a job', () => {
  const task = { kind: 'extract', schema: { type: 'object', properties: { note: { type: 'string' } } } };
  const clean = ['A letter of the garden club', 'to jane.roe@quellmark.example'];

  it('sees texts as hidden as models do, and blocks by the policy before any model is asked', async () => {
    const page = await drawPicture([...clean, 'violent-test-phrase']);
    const { rules, moderators } = policyOf('openai-moderation', { do: 'block' });
    const redact = { guardrail: 'personal-data', kinds: ['email'], do: 'redact' };
    const { result } = await scene.answer(page, { task, policy: { rules: [redact, ...rules], moderators } });
    expect(result.problems).toEqual([expect.objectContaining({ code: 'guardrail-blocked' })]);
    expect(models.requests).toEqual([]);
    const sent = server.requests.map(({ body }) => body.toString('utf8')).join(' ');
    expect(sent).toContain('[EMAIL_1]');
    expect(sent).not.toContain('jane.roe');
  });

  it('keeps an answer back', async () => {
    models.script({
      behaviour: { kind: 'answer', text: JSON.stringify({ note: { value: 'violent-test-phrase', words: [] } }) },
    });
    const policy = policyOf('azure-content-safety', { at: 'after-answer', do: 'block' });
    const { result, answered } = await scene.answer(await drawPicture(clean), { task, policy });
    expect([answered, result.values]).toEqual([false, undefined]);
    expect(result.models.length).toBeGreaterThan(0);
  });

  it('fails closed or open as the policy says, when it cannot be asked', async () => {
    const page = await drawPicture(clean);
    const away = { status: 500, body: {} };
    server.script(/./, away);
    const closed = scene.answer(page, { task, policy: policyOf('http-classifier', { do: 'block' }) });
    await expect(closed).rejects.toMatchObject({ retryable: true });
    expect(models.requests).toEqual([]);
    server.script(/./, away);
    const open = await scene.answer(page, {
      task,
      policy: policyOf('http-classifier', { do: 'block', onFailure: 'open' }),
    });
    expect(open.result.guardrails?.failures).toEqual([expect.stringMatching(/could not be asked/)]);
    expect(models.requests.length).toBeGreaterThan(0);
  });
});
