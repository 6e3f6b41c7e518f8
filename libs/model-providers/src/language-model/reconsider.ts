import { ModelError } from '@waybill/llm-routing';
import type { Asked } from '../failures/translate-error.js';
import type { WireFormat } from '../wire-formats/wire-format.js';

/** The library takes a Responses body with a refusal for a malformed one; the body itself says what it is. */
export function reconsider(failure: ModelError, format: WireFormat, { provider, model }: Asked): ModelError {
  const { raw } = failure.facts;
  const refusal = failure.kind === 'malformed' ? format.refusal(raw) : undefined;
  if (refusal === undefined) return failure;
  const sentence = `${provider} (${model}) declines this content: ${refusal} Another model may take it.`;
  const usage = format.usage(raw);
  const service = format.service?.(raw);
  return new ModelError('content-refused', sentence, {
    text: '',
    raw,
    model,
    ...(usage ? { usage } : {}),
    ...(service ? { service } : {}),
  });
}
