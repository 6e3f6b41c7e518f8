import { extractDocument } from '@waybill/extraction';
import type { ModelAnswer, ModelProvider, ModelRequest } from '@waybill/llm-routing';

const noUsage = Object.freeze({
  inputTokens: 0,
  cachedInputTokens: 0,
  imageTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
});

/** Tier 0: rules over the layout. Nothing leaves the process and nothing is billed. */
export class RulesProvider implements ModelProvider {
  readonly id = 'rules';

  answer(request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer> {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    const layouts = request.pages.map((page) => page.layout);
    const { kind, values, fields } = extractDocument(layouts, request.task.schema);
    return Promise.resolve({ kind, values, fields, usage: noUsage, costUsd: 0, model: `waybill/${request.model}` });
  }
}
