export interface StoreOptions {
  readonly replicas: number;
  /** After this, bytes are gone. */
  readonly keepMs: number;
}
