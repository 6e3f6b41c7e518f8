import { allowsRegions, StageError } from '@waybill/jobs';
import { decide, type Decided } from '../policy/decide.js';
import type { GuardrailRule } from '../policy/guardrail-policy.js';
import type { ModerationFinding, ModerationSubject, Moderator } from './moderator.js';

/** What is put before moderators, and the rules by which their findings are decided about. */
export interface ModerationTerms {
  readonly rules: readonly GuardrailRule[];
  readonly subject: ModerationSubject;
  /** Where the job allows its content to be; anywhere when absent. */
  readonly regions?: readonly string[] | undefined;
}

/** What moderators said, and which of them could not be asked though they need not have been. */
export interface Moderated {
  readonly decided: readonly Decided<ModerationFinding & { readonly guardrail: string }>[];
  readonly failures: readonly string[];
  /** Who was asked, whatever came of it. */
  readonly asked: readonly Moderator[];
}

/**
 * Asks every moderator that a rule names. Rejects with a retryable `StageError` when one that must be asked cannot be, with
 * `guardrail-blocked` when one that must be asked is outside of the job's regions, and with the signal's reason.
 */
export async function askModerators(
  moderators: ReadonlyMap<string, Moderator>,
  { rules, subject, regions }: ModerationTerms,
  signal: AbortSignal,
): Promise<Moderated> {
  const decided: Moderated['decided'][number][] = [];
  const failures: string[] = [];
  const asked: Moderator[] = [];
  if (subject.texts.length === 0 && subject.pictures.length === 0) return { decided, failures, asked };
  for (const [id, moderator] of moderators) {
    const own = rules.filter(({ guardrail }) => guardrail === id);
    if (own.length === 0) continue;
    try {
      refuseRegion(moderator, regions);
      asked.push(moderator);
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
  return { decided, failures, asked };
}

function refuseRegion({ id, processedIn }: Moderator, allowed: readonly string[] | undefined): void {
  if (allowsRegions(allowed, processedIn)) return;
  const where = processedIn?.join(', ') ?? 'a region that is not stated';
  throw new StageError(
    'guardrail-blocked',
    `The guardrail "${id}" may process in ${where}, and the job allows ${allowed?.join(', ')}; allow that region, or have the operator state another one under "moderators" of the policy.`,
  );
}
