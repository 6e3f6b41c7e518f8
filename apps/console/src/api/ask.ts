import type { Problem } from '@waybill/contracts';
import { changeSession, currentSession } from './session.js';

/** A refusal, or the news that nobody answers. Its message is a sentence for people. */
export class AskError extends Error {
  override readonly name = 'AskError';

  constructor(
    message: string,
    /** 0 when there was no answer. */
    readonly status: number,
    readonly problem?: Problem,
  ) {
    super(message);
  }
}

/** Sends a request with the session's credential. @throws AskError unless the answer is 2xx */
export async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const { key, tenant } = currentSession();
  const headers = new Headers(init.headers);
  if (key !== '') headers.set('authorization', `Bearer ${key}`);
  if (tenant !== '') headers.set('waybill-tenant', tenant);
  let answer: Response;
  try {
    answer = await fetch(path, { ...init, headers, credentials: 'omit' });
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    throw new AskError('Waybill does not answer; check that it is running. This page asks again by itself.', 0);
  }
  if (answer.ok) return answer;
  if (answer.status === 401) changeSession({ isRefused: true });
  const problem = (await answer.json().catch(() => undefined)) as Problem | undefined;
  throw new AskError(problem?.detail ?? `The answer was ${answer.status}.`, answer.status, problem);
}

export const askJson = async <Value>(path: string, init?: RequestInit): Promise<Value> =>
  (await (await ask(path, init)).json()) as Value;

export const post = <Value>(path: string, body?: unknown): Promise<Value> =>
  askJson<Value>(path, {
    method: 'POST',
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });

/** Gives the answer's bytes to the browser as a file. */
export async function download(path: string, name: string): Promise<void> {
  const url = URL.createObjectURL(await (await ask(path)).blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
