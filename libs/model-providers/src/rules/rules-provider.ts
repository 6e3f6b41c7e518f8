import { ModelError, noUsage, type ModelAnswer, type ModelProvider, type ModelRequest } from '@waybill/llm-routing';

/** Tier 0: the rules that the question brings along, in this process, at no cost. Reads neither messages nor pictures. */
export class RulesProvider implements ModelProvider {
  readonly id = 'rules';

  async call({ rules, model }: ModelRequest, signal: AbortSignal): Promise<ModelAnswer> {
    if (!rules) {
      throw new ModelError('bad-request', 'Rules answer questions about documents only; choose a language model.');
    }
    const reading = await rules(signal);
    const text = JSON.stringify(reading.values);
    return { text, json: reading.values, toolCalls: [], finish: 'stop', usage: noUsage, model, raw: null, reading };
  }
}
