import type { LanguageModelV3 } from '@ai-sdk/provider';
import type { ModelAnswer } from '@waybill/llm-routing';
import type { Asked } from '../failures/translate-error.js';
import type { WireFormat } from '../wire-formats/wire-format.js';
import { finishAnswer, type Answered } from './finish-answer.js';

/** What came whole from the library, judged. @throws ModelError */
export function answerOf(
  { content, finishReason: finish, usage, response }: Awaited<ReturnType<LanguageModelV3['doGenerate']>>,
  answered: Answered,
  format: WireFormat,
  asked: Asked,
): ModelAnswer {
  const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('');
  const toolCalls = content.flatMap((part) => (part.type === 'tool-call' ? [part] : []));
  const gathered = { text, toolCalls, finish, usage, body: response?.body, model: response?.modelId };
  return finishAnswer(gathered, answered, format, asked);
}
