import type { RouteExplanation, RouteQuestion, RoutingView } from '@waybill/contracts';
import type { Clock } from '@waybill/jobs';
import type { RouteTable } from '@waybill/llm-routing';
import { explainRoute } from './explain-route.js';
import { modelView, providerView } from './routing-view.js';

/** The tables that routes are chosen from, as they are now. */
export interface RoutingTables {
  /** The whole catalog. */
  readonly all: () => RouteTable;
  /** The models that can be asked here. */
  readonly configured: () => RouteTable;
  readonly configuredProviders: ReadonlySet<string>;
}

/** Shows by what models are chosen, and where a piece of work would go. Asks nobody. */
export class RoutingDesk {
  constructor(
    private readonly tables: RoutingTables,
    private readonly clock: Clock,
  ) {}

  view(): RoutingView {
    const { catalog, policy, entries } = this.tables.all();
    return {
      catalogVersion: catalog.version,
      models: entries.map(({ card }) => modelView(card)),
      providers: catalog.providers.map((card) => ({
        ...providerView(card),
        isConfigured: this.tables.configuredProviders.has(card.id),
      })),
      policy,
    };
  }

  explain(question: RouteQuestion): RouteExplanation {
    const table = question.providers === 'all' ? this.tables.all() : this.tables.configured();
    return explainRoute(table, question, this.clock.now());
  }
}
