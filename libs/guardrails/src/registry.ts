import { blankPage } from './blank-page/blank-page.js';
import { codesAndLinks } from './codes/codes-and-links.js';
import { doubtfulSentences } from './doubtful-sentences/doubtful-sentences.js';
import type { Guardrail } from './guardrail.js';
import { hiddenText } from './hidden-text/hidden-text.js';
import { personalData } from './personal-data/personal-data.js';
import { promptInjection } from './prompt-injection/prompt-injection.js';
import { secrets } from './secrets/secrets.js';
import { watermark } from './watermark/watermark.js';

/** Every guardrail that works on this machine. Adding one is a folder and a line here. */
export const guardrails: readonly Guardrail[] = [
  ...[secrets, personalData, promptInjection, doubtfulSentences, hiddenText, codesAndLinks, blankPage, watermark],
];

/** Its findings make an answer be looked at more closely. */
export const doubtfulSentencesId = doubtfulSentences.id;

/** Checks an answer against what was found before it; see `answer/`. */
export const answerComplianceId = 'answer-compliance';
export const answerComplianceKinds = ['demanded', 'doubtful', 'left-out', 'canary', 'foreign-link', 'persona'] as const;

/** Guardrails that ask somebody else, by the names of their folders in libs/guardrail-engines. */
export const moderatorIds = ['openai-moderation', 'azure-content-safety', 'http-classifier'] as const;
export type ModeratorId = (typeof moderatorIds)[number];
