/** A data key as it may be stored: nobody reads it without the master key of that name. */
export interface WrappedKey {
  /** Which master key wrapped it. */
  readonly masterKey: string;
  /** Base64. */
  readonly wrapped: string;
}

/**
 * Port: who keeps the master keys. The keys themselves never come out: a key management service is asked to wrap and to
 * unwrap. `context` is authenticated with the key, so that a wrapped key of one tenant is none of another.
 */
export interface MasterKeys {
  /** The name of the one that wraps now; others only unwrap. */
  readonly current: string;
  knows(masterKey: string): boolean;
  wrap(dataKey: Uint8Array, context: string): Promise<WrappedKey>;
  /** @throws StageError with a sentence when the master key is not known, or the wrapped key is not what it wrapped */
  unwrap(wrapped: WrappedKey, context: string): Promise<Uint8Array>;
}
