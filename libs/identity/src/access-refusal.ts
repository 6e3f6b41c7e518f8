/**
 * `missing`, `invalid`: the credential; `scope`, `tenant`: what it was used for;
 * `limited`: there were too many requests; `unavailable`: it cannot be known now.
 */
export type RefusalKind = 'missing' | 'invalid' | 'scope' | 'tenant' | 'limited' | 'unavailable';

/** Why a caller gets nothing. The message is a sentence for the caller, and tells nothing of other tenants. */
export class AccessRefusal extends Error {
  override readonly name = 'AccessRefusal';

  /** @param retryAfterMs for `limited` and `unavailable`: when it may be better */
  constructor(
    readonly kind: RefusalKind,
    message: string,
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}
