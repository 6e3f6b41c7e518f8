import { extractDocument } from '@waybill/extraction';
import type { ModelAnswer, ModelProvider, ModelRequest, ModelUsage } from '@waybill/llm-routing';

const noTokens: ModelUsage = Object.freeze({
  inputTokens: 0,
  cachedInputTokens: 0,
  imageTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
});

/** Tier 0: rules over the layout, in this process, at no cost. Reads neither pictures nor free-text instructions. */
export class RulesProvider implements ModelProvider {
  readonly id = 'rules';

  async answer(request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer> {
    signal.throwIfAborted();
    const layouts = request.pages.map(({ layout }) => layout);
    const { kind, values, fields } = extractDocument(layouts, request.task.schema);
    return { kind, values, fields, usage: noTokens, costUsd: 0, model: request.model };
  }
}
