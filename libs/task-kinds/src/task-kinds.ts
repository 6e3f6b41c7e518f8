import { answerKind } from './answer/answer-kind.js';
import { chartKind } from './chart/chart-kind.js';
import { chatKind } from './chat/chat-kind.js';
import { classifyKind } from './classify/classify-kind.js';
import { describeKind } from './describe/describe-kind.js';
import { extractKind } from './extract/extract-kind.js';

/** Every kind of task that models are asked for. */
export const taskKinds = {
  extract: extractKind,
  classify: classifyKind,
  describe: describeKind,
  answer: answerKind,
  chart: chartKind,
  chat: chatKind,
} as const;
