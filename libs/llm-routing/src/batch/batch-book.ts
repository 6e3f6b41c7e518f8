/** A record with the number that changing it takes. */
export interface Kept<Value> {
  readonly value: Value;
  readonly revision: number;
}

/**
 * Port: what all workers know of calls in batches: small JSON records that are changed only by who has seen their last
 * state. Keys are letters, digits, dots and hyphens. Rejects with a retryable `StageError` when it cannot be asked.
 */
export interface BatchBook {
  find<Value>(key: string): Promise<Kept<Value> | undefined>;
  /**
   * Durable when the promise resolves.
   * @param revision of the record as it was seen; 0 for one that is not there
   * @returns false when somebody else has written it since
   */
  write(key: string, value: unknown, revision: number): Promise<boolean>;
  remove(key: string): Promise<void>;
  /** Keys that begin with a prefix, which ends with a dot. */
  keys(prefix: string): Promise<string[]>;
}

/** Remembers for one process. */
export class MemoryBatchBook implements BatchBook {
  private readonly records = new Map<string, { readonly json: string; readonly revision: number }>();
  private writes = 0;

  async find<Value>(key: string): Promise<Kept<Value> | undefined> {
    const found = this.records.get(key);
    return found && { value: JSON.parse(found.json) as Value, revision: found.revision };
  }

  async write(key: string, value: unknown, revision: number): Promise<boolean> {
    if ((this.records.get(key)?.revision ?? 0) !== revision) return false;
    this.writes += 1;
    this.records.set(key, { json: JSON.stringify(value), revision: this.writes });
    return true;
  }

  async remove(key: string): Promise<void> {
    this.records.delete(key);
  }

  async keys(prefix: string): Promise<string[]> {
    return [...this.records.keys()].filter((key) => key.startsWith(prefix));
  }
}
