import { extractDocument } from '@waybill/extraction';
import { noUsage, type ModelAnswer, type ModelProvider, type ModelRequest } from '@waybill/llm-routing';

/** Tier 0: rules over the layout, in this process, at no cost. Reads neither pictures nor free-text instructions. */
export class RulesProvider implements ModelProvider {
  readonly id = 'rules';

  async answer(request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer> {
    signal.throwIfAborted();
    const layouts = request.pages.map(({ layout }) => layout);
    const { kind, values, fields } = extractDocument(layouts, request.task.schema);
    return { kind, values, fields, usage: noUsage, costUsd: 0, model: request.model };
  }
}
