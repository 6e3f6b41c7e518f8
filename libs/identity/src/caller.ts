import type { Scope, Tenant } from '@waybill/contracts';

/** Who makes a request, and what may be done for them. */
export interface Caller {
  /** Whose data the request is about. */
  readonly tenant: Tenant;
  readonly scopes: readonly Scope[];
  /** What may be shown and logged of the credential: a key's prefix, or `token:<digest>`; `none` where none is asked for. */
  readonly credential: string;
  /** An admin of the operator, or anybody where nobody is asked for a credential. */
  readonly isOperator?: boolean;
}

/** What a request says about who makes it. */
export interface Presented {
  /** The whole `Authorization` header. */
  readonly authorization?: string | undefined;
  /** The tenant that the request names, if it names one. */
  readonly tenant?: Tenant | undefined;
}

/** Checks tokens of an identity provider. */
export interface TokenVerifier {
  /** @throws AccessRefusal `invalid` for what is no good token, `unavailable` when its issuer's keys cannot be had. */
  verify(token: string): Promise<Caller>;
}
