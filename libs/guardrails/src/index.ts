export { leavesOf, type AnswerContext } from './answer/answer-context.js';
export { checkAnswer, withholdFrom, type AnswerFinding } from './answer/check-answer.js';
export {
  blockedSentence,
  guardDocument,
  wantedGuardrails,
  type GuardedDocument,
  type GuardTerms,
} from './document/guarded-document.js';
export {
  inspectPage,
  inspectSaid,
  inspectText,
  type DocumentFinding,
  type InspectedPage,
} from './document/inspect-document.js';
export { reportOf, type AfterFacts } from './document/report-of.js';
export type { GrayPicture, Guardrail, GuardrailPlace, PageCode } from './guardrail.js';
export { askModerators, type Moderated, type ModerationTerms } from './moderation/ask-moderators.js';
export type { ModerationFinding, ModerationSubject, Moderator } from './moderation/moderator.js';
export { decide, mayReadRemotely, ofChatPictures, rulesFor, type Decided, type Whose } from './policy/decide.js';
export {
  parseGuardrailPolicy,
  type GuardrailPolicy,
  type GuardrailRule,
  type ModeratorSettings,
  type RouteTo,
  type Sensitivity,
} from './policy/guardrail-policy.js';
export { shippedGuardrailPolicy } from './policy/shipped-guardrail-policy.js';
export type { ValueSpelling } from './redaction/hidden-values.js';
export type { PieceRestorer } from './redaction/piece-restorer.js';
export { answerComplianceId, guardrails, moderatorIds, type ModeratorId } from './registry.js';
export { TextView } from './text/text-view.js';
