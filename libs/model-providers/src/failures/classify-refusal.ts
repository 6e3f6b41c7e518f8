import type { ModelFailureKind } from '@waybill/llm-routing';
import { factsOf, textOf } from '../wire-formats/facts-of.js';

const contextTooLong =
  /context[_ ]length|input is too long|maximum context|context window|prompt is too long|input token count.*exceeds|too many (input )?tokens|exceeds? the (maximum|limit).*tokens|reduce the length/i;
const refused = /content[_ ](policy|filter|management)|responsible ?ai|safety system|flagged|moderation/i;
const noCredit =
  /insufficient_quota|credit balance|billing|payment required|exceeded your current quota, please check/i;
const noRoom = /resource[_ ]unavailable/i;
const wrongKey = /api[_ ]key[_ ](not valid|invalid)|invalid[_ ](x-)?api[_ -]key|incorrect api key|unauthenticated/i;

/**
 * What a refused call means. Anthropic and Google say only in words that a context overflowed, so the words count.
 * `status` is of HTTP; `text` is the body.
 */
export function classifyRefusal(status: number, text: string): ModelFailureKind {
  if (status === 401 || status === 402 || status === 403) return 'auth';
  // OpenAI's flex has no room just now; the account is within its limits.
  if (status === 429 && noRoom.test(text)) return 'overloaded';
  if (status === 429) return noCredit.test(text) && !/RESOURCE_EXHAUSTED/.test(text) ? 'auth' : 'rate-limited';
  // Amazon Bedrock: the model behind it failed, which says nothing of the request.
  if (status === 424) return 'unknown';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 502 || status === 503 || status === 529) return 'overloaded';
  if (status >= 500) return /overloaded/i.test(text) ? 'overloaded' : 'unknown';
  if (contextTooLong.test(text)) return 'context-too-long';
  if (wrongKey.test(text) || noCredit.test(text)) return 'auth';
  if (refused.test(text)) return 'content-refused';
  return 'bad-request';
}

/** The provider's own sentence, shortened. */
export function sentenceOf(body: unknown, text: string): string {
  const { error, message, detail } = factsOf(body);
  const said = textOf(factsOf(error).message) ?? textOf(error) ?? textOf(message) ?? textOf(detail) ?? text;
  return said.replaceAll(/\s+/g, ' ').trim().slice(0, 300);
}
