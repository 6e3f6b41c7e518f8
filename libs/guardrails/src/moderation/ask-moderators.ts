import { StageError } from '@waybill/jobs';
import { decide, type Decided } from '../policy/decide.js';
import type { GuardrailRule } from '../policy/guardrail-policy.js';
import type { ModerationFinding, ModerationSubject, Moderator } from './moderator.js';

/** What is put before moderators, and the rules by which their findings are decided about. */
export interface ModerationTerms {
  readonly rules: readonly GuardrailRule[];
  readonly subject: ModerationSubject;
}

/** What moderators said, and which of them could not be asked though they need not have been. */
export interface Moderated {
  readonly decided: readonly Decided<ModerationFinding & { readonly guardrail: string }>[];
  readonly failures: readonly string[];
}

/**
 * Asks every moderator that a rule names. Rejects with a retryable `StageError` when one that must be asked cannot be,
 * and with the signal's reason.
 */
export async function askModerators(
  moderators: ReadonlyMap<string, Moderator>,
  { rules, subject }: ModerationTerms,
  signal: AbortSignal,
): Promise<Moderated> {
  const decided: Moderated['decided'][number][] = [];
  const failures: string[] = [];
  if (subject.texts.length === 0 && subject.pictures.length === 0) return { decided, failures };
  for (const [id, moderator] of moderators) {
    const own = rules.filter(({ guardrail }) => guardrail === id);
    if (own.length === 0) continue;
    try {
      const found = await moderator.moderate(subject, signal);
      const named = found.map((finding) => ({ guardrail: id, ...finding }));
      decided.push(...decide(named, own));
    } catch (error) {
      if (!(error instanceof StageError)) throw error;
      const mustBeAsked = own.some(({ mode, onFailure }) => mode === 'path' && onFailure === 'closed');
      if (mustBeAsked) throw error;
      failures.push(error.message);
    }
  }
  return { decided, failures };
}
