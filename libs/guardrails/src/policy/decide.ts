import type { Finding, GuardrailPlace } from '../guardrail.js';
import type { ChatPictureAction, GuardrailPolicy, GuardrailRule, Sensitivity } from './guardrail-policy.js';

/** Whose job it is. */
export interface Whose {
  readonly tenant: string;
  readonly sensitivity: Sensitivity;
}

/** A finding with the rule that decides about it. */
export interface Decided<Found = Finding> {
  readonly finding: Found;
  readonly rule: GuardrailRule;
}

const fits = ({ tenants, sensitivities }: Pick<GuardrailRule, 'tenants' | 'sensitivities'>, whose: Whose): boolean =>
  (tenants === undefined || tenants.includes(whose.tenant)) &&
  (sensitivities === undefined || sensitivities.includes(whose.sensitivity));

/** The rules that hold for a job at a place, in their order. */
export const rulesFor = ({ rules }: GuardrailPolicy, whose: Whose, at: GuardrailPlace): GuardrailRule[] =>
  rules.filter((rule) => rule.at === at && fits(rule, whose));

/**
 * What follows from findings. Of the rules in the path the first that fits decides; every rule in shadow that fits is
 * told beside it. A finding that no rule speaks of is dropped.
 */
export function decide<Found extends Pick<Finding, 'guardrail' | 'kind' | 'score'>>(
  findings: readonly Found[],
  rules: readonly GuardrailRule[],
): Decided<Found>[] {
  return findings.flatMap((finding) => {
    const own = rules.filter(
      ({ guardrail, kinds, least }) =>
        guardrail === finding.guardrail &&
        (kinds === undefined || kinds.includes(finding.kind)) &&
        finding.score >= least,
    );
    const first = own.find(({ mode }) => mode === 'path');
    const shadows = own.filter(({ mode }) => mode === 'shadow');
    return [...(first ? [first] : []), ...shadows].map((rule) => ({ finding, rule }));
  });
}

/** Whether a picture of a page may go to an OCR engine behind a network. */
export const mayReadRemotely = ({ remoteOcr }: GuardrailPolicy, whose: Whose): boolean =>
  remoteOcr.find((rule) => fits(rule, whose))?.do !== 'refuse';

/**
 * What follows where a chat has pictures or files. `refuse` also for those whose pages no remote engine may read: a model
 * behind a network is one. Told unless somebody says otherwise.
 */
export const ofChatPictures = (policy: GuardrailPolicy, whose: Whose): ChatPictureAction =>
  mayReadRemotely(policy, whose) ? (policy.chatPictures.find((rule) => fits(rule, whose))?.do ?? 'report') : 'refuse';
