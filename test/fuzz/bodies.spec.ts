import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemSchema } from '@waybill/contracts';
import { startModelSimulator, type ModelSimulator } from '@waybill/provider-simulator';
import { startGateway, type TestGateway } from '../integration/gateway/start-gateway.js';
import { picture, startIntake, type TestIntake } from '../integration/intake/start-intake.js';
import { fuzzTimeoutMs, mutants, Tally, type Finding } from './fuzz-plan.js';
import { mutateBytes, type Chance } from './mutate-bytes.js';
import { mutateJson } from './mutate-json.js';

let intake: TestIntake;
let simulator: ModelSimulator;
let gateway: TestGateway;
let inline: string;

beforeAll(async () => {
  intake = await startIntake();
  simulator = await startModelSimulator();
  gateway = await startGateway({ WAYBILL_MODEL_SIMULATOR_URL: simulator.url });
  inline = (await picture()).toString('base64');
});
afterAll(async () => {
  await gateway?.stop();
  await simulator?.close();
  await intake?.stop();
});

interface Body {
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** Half of the mutants are wrong JSON, the other half JSON that says something wrong. */
function mutated(chance: Chance, value: unknown, contentType = 'application/json'): Body {
  const text = JSON.stringify(chance() < 0.5 ? mutateJson(chance, value) : value);
  const bytes = Buffer.from(text);
  return { contentType, bytes: chance() < 0.5 ? mutateBytes(chance, bytes, Buffer.from('{"a":[1,"b"]}')) : bytes };
}

/** A request with a file, one of whose bytes is another. */
function multipart(chance: Chance, submission: unknown): Body {
  const parts = [
    `Content-Disposition: form-data; name="submission"\r\n\r\n${JSON.stringify(submission)}`,
    'Content-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nTotal 12.50',
  ];
  const text = `${parts.map((part) => `--x\r\n${part}\r\n`).join('')}--x--\r\n`;
  const bytes = mutateBytes(chance, Buffer.from(text), Buffer.from('--x\r\nContent-Type: text/html\r\n\r\n'));
  return { contentType: 'multipart/form-data; boundary=x', bytes };
}

type Judge = (status: number, text: string) => boolean;

async function fuzz(url: string, make: (chance: Chance) => Body, isClear: Judge, rounds: number): Promise<Finding[]> {
  const findings: Finding[] = [];
  const tally = new Tally();
  for (const { seed, chance } of mutants(rounds)) {
    const { contentType, bytes } = make(chance);
    const [status, text] = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body: Uint8Array.from(bytes),
      signal: AbortSignal.timeout(120_000),
    }).then(
      async (answer) => [answer.status, await answer.text()] as const,
      (error: Error) => [0, `${error.message}: ${inspect(error.cause)}`] as const,
    );
    tally.add(String(status));
    if (!isClear(status, text)) findings.push({ base: url, seed, says: `${status} ${text.slice(0, 300)}` });
  }
  tally.tell(`bodies to ${new URL(url).pathname}`);
  return findings;
}

/** Accepted, or a refusal that says what to do. */
const isClearAtRest: Judge = (status, text) => {
  if (status >= 200 && status < 300) return true;
  if (status < 400 || status >= 500) return false;
  const problem = problemSchema.safeParse(safeJson(text));
  return problem.success && problem.data.detail !== '';
};

const isClearAtDoor: Judge = (status, text) => {
  if (status >= 200 && status < 300) return true;
  const { error } = (safeJson(text) ?? {}) as { error?: { message?: unknown } };
  // A model that was not understood by its provider is the provider's failure; nothing else is anybody's.
  return (
    status >= 400 && (status < 500 || status === 502) && typeof error?.message === 'string' && error.message !== ''
  );
};

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Invariant: whatever the body of a request is, the answer is one that was thought of, and the service goes on. */
describe('bodies of requests', () => {
  const submission = () => ({ documents: [{ inline }], task: { kind: 'read' }, routing: {}, metadata: { a: 'b' } });

  it(
    'to the REST door are accepted or refused with a sentence',
    async () => {
      const url = `${intake.url}/v1/jobs`;
      const asJson = await fuzz(url, (chance) => mutated(chance, submission()), isClearAtRest, 120);
      const withFile = { documents: [{ upload: 'file' }], task: { kind: 'read' } };
      const asForm = await fuzz(url, (chance) => multipart(chance, withFile), isClearAtRest, 80);
      expect([...asJson, ...asForm]).toEqual([]);
      expect((await fetch(`${intake.url}/readyz`)).status).toBe(200);
    },
    fuzzTimeoutMs,
  );

  it(
    'to the OpenAI-compatible door are answered or refused with a sentence',
    async () => {
      const chat = (model: string) => ({
        model,
        messages: [
          { role: 'system', content: 'Be brief.' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What is it?' },
              { type: 'image_url', image_url: { url: `data:image/png;base64,${inline}`, detail: 'low' } },
            ],
          },
          {
            role: 'assistant',
            content: null,
            tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
          },
          { role: 'tool', tool_call_id: 'c', content: '12' },
        ],
        tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object', properties: {} } } }],
        response_format: { type: 'text' },
        stream: false,
        max_tokens: 64,
        temperature: 1,
      });
      const url = `${gateway.baseUrl}/chat/completions`;
      const findings = [
        ...(await fuzz(url, (chance) => mutated(chance, chat('openai/gpt-5.4-mini')), isClearAtDoor, 100)),
        ...(await fuzz(url, (chance) => mutated(chance, chat('anthropic/claude-haiku-4-5')), isClearAtDoor, 100)),
      ];
      expect(findings).toEqual([]);
    },
    fuzzTimeoutMs,
  );
});
