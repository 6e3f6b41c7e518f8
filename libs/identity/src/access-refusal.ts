/**
 * `missing`, `invalid`: the credential; `scope`, `tenant`: what it was used for;
 * `unavailable`: it cannot be known now.
 */
export type RefusalKind = 'missing' | 'invalid' | 'scope' | 'tenant' | 'unavailable';

/** Why a caller gets nothing. The message is a sentence for the caller, and tells nothing of other tenants. */
export class AccessRefusal extends Error {
  override readonly name = 'AccessRefusal';

  /** @param retryAfterMs for `unavailable`: when it may be better */
  constructor(
    readonly kind: RefusalKind,
    message: string,
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}
