import { ModelError } from '@waybill/llm-routing';
import { classifyRefusal, sentenceOf } from '../failures/classify-refusal.js';
import { parsedJson } from './parsed-json.js';

/** A call's time, whatever the batch takes. */
const askMs = 120_000;

/** One request to an API of batches, and the text of its answer. @throws ModelError; the signal's own reason. */
export async function askBatches(url: string, request: RequestInit, signal: AbortSignal): Promise<string> {
  return (await sendToBatches(url, request, signal)).text;
}

/** The same, where the answer's headers say something, too. */
export async function sendToBatches(
  url: string,
  request: RequestInit,
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly headers: Headers }> {
  const limit = AbortSignal.timeout(askMs);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { ...request, signal: AbortSignal.any([signal, limit]) });
    text = await response.text();
  } catch (cause) {
    signal.throwIfAborted();
    const kind = limit.aborted ? 'timeout' : 'overloaded';
    throw new ModelError(kind, `The batches at ${new URL(url).host} could not be reached; they are asked again.`, {
      cause,
    });
  }
  if (response.ok) return { text, headers: response.headers };
  const said = sentenceOf(parsedJson(text), text) || 'no reason given';
  const kind = classifyRefusal(response.status, text);
  throw new ModelError(kind, `The batches at ${new URL(url).host} refuse (HTTP ${response.status}: ${said}).`, {
    status: response.status,
  });
}
