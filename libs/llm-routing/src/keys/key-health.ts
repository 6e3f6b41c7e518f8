/** Port: which keys are cooling. In one process a map; shared over workers, a table or a bucket. */
export interface KeyHealth {
  /** Until when each of a provider's keys cools; keys that do not are left out. */
  coolingUntil(provider: string): ReadonlyMap<string, Date> | Promise<ReadonlyMap<string, Date>>;
  /** Takes a key out of use until a moment. A later moment wins over an earlier one. */
  cool(provider: string, key: string, until: Date): Promise<void>;
}

/** The keys' health as one process knows it. */
export class MemoryKeyHealth implements KeyHealth {
  private readonly providers = new Map<string, Map<string, Date>>();

  coolingUntil(provider: string): ReadonlyMap<string, Date> {
    return this.providers.get(provider) ?? new Map();
  }

  async cool(provider: string, key: string, until: Date): Promise<void> {
    const keys = this.providers.get(provider) ?? new Map<string, Date>();
    this.providers.set(provider, keys);
    if (until > (keys.get(key) ?? new Date(0))) keys.set(key, until);
  }
}
