import { isNativeError } from 'node:util/types';
import { APICallError, InvalidResponseDataError, UnsupportedFunctionalityError } from '@ai-sdk/provider';
import { ModelError, type ModelFailureKind } from '@waybill/llm-routing';
import { classifyRefusal, sentenceOf } from './classify-refusal.js';
import { reopeningTime } from './reopening-time.js';

/** Whom a sentence is about. */
export interface Asked {
  readonly provider: string;
  readonly model: string;
}

/** Any error of a call as one of the taxonomy; the only place that knows the library's error classes. */
export function translateError(error: unknown, { provider, model }: Asked, now: Date): ModelError {
  if (error instanceof ModelError) return error;
  const whom = `${provider} (${model})`;
  if (UnsupportedFunctionalityError.isInstance(error)) {
    return new ModelError('bad-request', `${whom} cannot be asked this: ${error.message}. Choose another model.`, {
      cause: error,
    });
  }
  if (!APICallError.isInstance(error)) return brokenCall(error, whom);
  const { statusCode: status, responseBody: text = '', responseHeaders: headers = {} } = error;
  if (status === undefined) {
    return new ModelError('overloaded', `${whom} could not be reached; see that its address is right.`, {
      cause: error,
    });
  }
  if (status < 400) return brokenAnswer(error, whom);
  const body = parsed(text);
  const kind = classifyRefusal(status, text);
  const until = kind === 'rate-limited' || kind === 'overloaded' ? reopeningTime(headers, body, now) : undefined;
  return new ModelError(
    kind,
    `${whom} ${said[kind]} (HTTP ${status}: ${sentenceOf(body, text) || 'no reason given'})`,
    {
      status,
      raw: body ?? text,
      cause: error,
      ...(until ? { until } : {}),
    },
  );
}

/** The answer began well and could not be read to its end. */
function brokenAnswer({ cause, responseBody }: APICallError, whom: string): ModelError {
  const connectionBroke = /\bterminated|aborted|reset|closed/.test(String((cause as Error | undefined)?.message));
  const text = responseBody?.trim() ?? '';
  return connectionBroke || (text.startsWith('{') && parsed(text) === undefined)
    ? new ModelError('truncated', `The answer of ${whom} broke off; ask again.`, { cause })
    : new ModelError('malformed', `The answer of ${whom} is not what its API sends; see what stands between.`, {
        raw: parsed(text) ?? text,
        cause,
      });
}

/** What is no answer to a request: a broken connection, or an error told in the middle of a stream. */
function brokenCall(error: unknown, whom: string): ModelError {
  const { name, message } = isNativeError(error) ? error : { name: '', message: JSON.stringify(error) };
  const endedEarly = InvalidResponseDataError.isInstance(error) && /ended without/.test(message);
  if (endedEarly || /\bterminated|socket|ECONNRESET|other side closed/i.test(message)) {
    return new ModelError('truncated', `The answer of ${whom} broke off; ask again.`, { cause: error });
  }
  if (/^AI_(JSONParse|TypeValidation|InvalidResponseData)Error$/.test(name)) {
    return new ModelError('malformed', `The answer of ${whom} is not what its API sends; see what stands between.`, {
      cause: error,
    });
  }
  const kind = /overloaded|unavailable|unable to process/i.test(message)
    ? 'overloaded'
    : /rate_limit|too many requests/i.test(message)
      ? 'rate-limited'
      : 'unknown';
  return new ModelError(kind, `${whom} ${said[kind]} (${message.slice(0, 300)})`, { cause: error });
}

const said: Readonly<Record<ModelFailureKind, string>> = {
  'rate-limited': 'takes no more calls for now; the call can wait',
  overloaded: 'is overloaded; the call can wait',
  timeout: 'did not answer in time',
  'context-too-long': 'was sent more than it can hold; send less or choose a model with a larger context',
  'content-refused': 'declines this content; another model may take it',
  truncated: 'did not finish its answer',
  malformed: 'answered something that cannot be read',
  auth: 'does not accept the key or has no credit for it; check the account',
  'bad-request': 'does not accept the request',
  unknown: 'failed',
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
