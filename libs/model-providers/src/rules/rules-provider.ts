import { extractPatiently } from '@waybill/extraction';
import { ModelError, noUsage, type ModelAnswer, type ModelProvider, type ModelRequest } from '@waybill/llm-routing';

/** Tier 0: rules over the layout, in this process, at no cost. Reads neither messages nor pictures. */
export class RulesProvider implements ModelProvider {
  readonly id = 'rules';

  async call({ question, model }: ModelRequest, signal: AbortSignal): Promise<ModelAnswer> {
    if (!question) {
      throw new ModelError('bad-request', 'Rules answer questions about documents only; choose a language model.');
    }
    const layouts = question.pages.map(({ layout }) => layout);
    const reading = await extractPatiently(layouts, question.task.schema, signal);
    const text = JSON.stringify(reading.values);
    return { text, json: reading.values, toolCalls: [], finish: 'stop', usage: noUsage, model, raw: null, reading };
  }
}
