import { claudeRule, geminiRule, openAiLikeRules, type SchemaRule } from './schema-rules.js';
import type { HttpAnswer, SimulatedCall } from './simulated-call.js';

type Facts = Readonly<Record<string, unknown>>;
const factsAt = (value: unknown, ...names: readonly string[]): Facts | undefined =>
  names.reduce<Facts | undefined>((facts, name) => {
    const inner = facts?.[name];
    return typeof inner === 'object' && inner !== null ? (inner as Facts) : undefined;
  }, value as Facts);

/** The API's answer to a schema that it does not take, before anything else is looked at; undefined where it takes it. */
export function refuseSchema(api: SimulatedCall['api'], body: Facts, path: string): HttpAnswer | undefined {
  switch (api) {
    case 'openai-chat':
      return likeOpenAi(factsAt(body, 'response_format', 'json_schema'), path, ['response_format', null]);
    case 'openai-responses':
      return likeOpenAi(factsAt(body, 'text', 'format'), path, ['text.format.schema', 'invalid_json_schema']);
    case 'anthropic': {
      const format = factsAt(body, 'output_config', 'format') ?? factsAt(body, 'output_format');
      return refusedBy(claudeRule, factsAt(format, 'schema'), (message) => ({
        body: { type: 'error', error: { type: 'invalid_request_error', message } },
      }));
    }
    case 'bedrock': {
      const format = factsAt(body, 'additionalModelRequestFields', 'output_config', 'format');
      return refusedBy(claudeRule, factsAt(format, 'schema'), (message) => ({
        headers: { 'x-amzn-errortype': 'ValidationException:http://internal.amazon.com/' },
        body: { message },
      }));
    }
    case 'gemini':
      return refusedBy(geminiRule, factsAt(body, 'generationConfig', 'responseSchema'), (message) => ({
        body: { error: { code: 400, message, status: 'INVALID_ARGUMENT' } },
      }));
  }
}

function refusedBy(
  rule: SchemaRule | undefined,
  schema: Facts | undefined,
  write: (message: string) => Omit<HttpAnswer, 'status'>,
  name = '',
): HttpAnswer | undefined {
  const message = schema && rule?.(schema, name);
  return message === undefined ? undefined : { status: 400, ...write(message) };
}

/** OpenAI and Azure look only where strictness is asked for; servers that speak like them always do. */
function likeOpenAi(
  format: Facts | undefined,
  path: string,
  [param, code]: readonly [string, string | null],
): HttpAnswer | undefined {
  const played = path.split('/')[1] ?? '';
  const isStrict = format?.strict === true || !['v1', 'openai', 'azure'].includes(played);
  const rule = isStrict ? openAiLikeRules[played] : undefined;
  const write = (message: string) => {
    const error = { message, type: 'invalid_request_error', param, code };
    return { body: played === 'mistral' ? { object: 'error', ...error } : { error } };
  };
  return refusedBy(rule, factsAt(format, 'schema'), write, String(format?.name));
}
