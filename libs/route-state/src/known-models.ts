import type { Clock } from '@waybill/jobs';
import {
  coolingOf,
  knowledgeOf,
  modelsIn,
  type LimitBook,
  type ModelKnowledge,
  type RouteKnowledge,
} from '@waybill/llm-routing';
import type { EntryName } from './entry-keys.js';
import type { RouteEntries } from './route-entries.js';

/** The router's view of the entries: made anew when it is asked for after something changed, however much did. */
export class KnownModels {
  private known: RouteKnowledge = new Map();
  private readonly changedModels = new Set<string>();
  private readonly changedGates = new Set<string>();
  /** Which provider's gate speaks of a model. */
  private readonly providerOf = new Map<string, string>();

  constructor(
    private readonly limits: LimitBook,
    private readonly clock: Clock,
  ) {}

  changed({ kind, id }: EntryName): void {
    (kind === 'gate' ? this.changedGates : this.changedModels).add(id);
  }

  from(entries: RouteEntries): RouteKnowledge {
    if (this.changedGates.size + this.changedModels.size === 0) return this.known;
    const models = new Set(this.changedModels);
    for (const provider of this.changedGates) {
      for (const model of modelsIn(entries.gate(provider).state)) this.providerOf.set(model, provider);
      for (const [model, of] of this.providerOf) if (of === provider) models.add(model);
    }
    const next = new Map(this.known);
    for (const model of models) next.set(model, this.knowledgeAbout(model, entries));
    this.changedGates.clear();
    this.changedModels.clear();
    this.known = next;
    return next;
  }

  private knowledgeAbout(model: string, entries: RouteEntries): ModelKnowledge {
    const provider = this.providerOf.get(model);
    const cooling =
      provider === undefined ? undefined : coolingOf(entries.gate(provider).state, model, this.limits(provider, model));
    const learned = knowledgeOf(entries.model(model).state, this.clock.now().getTime());
    return { ...learned, ...(cooling && { cooling }) };
  }
}
