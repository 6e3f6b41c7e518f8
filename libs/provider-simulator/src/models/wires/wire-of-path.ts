import type { Wire } from '../simulated-call.js';
import { anthropic } from './anthropic.js';
import { bedrock } from './bedrock.js';
import { gemini } from './gemini.js';
import { openAiChat } from './openai-chat.js';
import { openAiResponses } from './openai-responses.js';

/** The API that a path belongs to; servers like OpenAI's put it under paths of their own. */
export function wireOfPath(path: string): Wire | undefined {
  if (path.endsWith('/chat/completions')) return openAiChat;
  if (path.endsWith('/responses')) return openAiResponses;
  if (path.endsWith('/messages')) return anthropic;
  if (/\/model\/[^/]+\/converse(-stream)?$/.test(path)) return bedrock;
  return /:(stream)?generateContent$/i.test(path) ? gemini : undefined;
}
