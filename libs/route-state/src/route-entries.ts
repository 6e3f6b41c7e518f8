import type { Clock } from '@waybill/jobs';
import {
  modelHealthSchema,
  openGate,
  providerGateSchema,
  tidied,
  unknownHealth,
  type ModelHealth,
  type ProviderGate,
} from '@waybill/llm-routing';
import { keyOf, nameOf, type EntryName } from './entry-keys.js';
import type { RouteBucket } from './route-bucket.js';
import { SharedEntry } from './shared-entry.js';

/** Every entry of which this worker knows, kept fresh by one watch. */
export class RouteEntries {
  private readonly gates = new Map<string, SharedEntry<ProviderGate>>();
  private readonly models = new Map<string, SharedEntry<ModelHealth>>();

  constructor(
    private readonly bucket: RouteBucket,
    private readonly clock: Clock,
    private readonly onChange: (changed: EntryName) => void,
  ) {}

  /** Resolves when everything that others know is known here. */
  async start(): Promise<void> {
    await this.bucket.watch((key, entry) => {
      const name = nameOf(key);
      if (name?.kind === 'gate') this.gate(name.id).observe(entry);
      if (name?.kind === 'model') this.model(name.id).observe(entry);
    });
  }

  /** Writes what is noted, if it can be written now, and hears of nothing any more. */
  async stop(): Promise<void> {
    await Promise.all([...this.gates.values(), ...this.models.values()].map((entry) => entry.close()));
    this.bucket.stop();
  }

  /** The breakers of every provider that was heard of, by model. */
  breakers(): { readonly provider: string; readonly breakers: ProviderGate['breakers'] }[] {
    return [...this.gates].map(([provider, { state }]) => ({ provider, breakers: state.breakers }));
  }

  gate(provider: string): SharedEntry<ProviderGate> {
    const known = this.gates.get(provider);
    if (known) return known;
    const name: EntryName = { kind: 'gate', id: provider };
    const form = {
      schema: providerGateSchema,
      empty: openGate,
      tidied: (gate: ProviderGate) => tidied(gate, this.clock.now().getTime()),
    };
    const entry = new SharedEntry(keyOf(name), this.bucket, form, () => this.onChange(name));
    this.gates.set(provider, entry);
    return entry;
  }

  model(model: string): SharedEntry<ModelHealth> {
    const known = this.models.get(model);
    if (known) return known;
    const name: EntryName = { kind: 'model', id: model };
    const form = { schema: modelHealthSchema, empty: unknownHealth, tidied: (health: ModelHealth) => health };
    const entry = new SharedEntry(keyOf(name), this.bucket, form, () => this.onChange(name));
    this.models.set(model, entry);
    return entry;
  }
}
