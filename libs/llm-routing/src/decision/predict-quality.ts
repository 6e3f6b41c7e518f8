import type { ModelTask } from '../catalog/model-card.js';
import type { DifficultyBand, RoutingPolicy } from '../policy/routing-policy.js';

interface Cell {
  readonly task: ModelTask;
  readonly documentKind: string;
  readonly band: DifficultyBand;
}

type Row = RoutingPolicy['quality']['table'][number];

/** What is believed before any outcome: a share of right answers, and how many observations that is worth. */
interface Belief {
  readonly share: number;
  readonly observations: number;
}

/** Quality by model for one cell of task, kind of document and difficulty band; made once for each decision. */
export class PredictedQuality {
  private readonly byTier: readonly Belief[];
  private readonly byModel: ReadonlyMap<string, Belief>;

  constructor(policy: RoutingPolicy, cell: Cell) {
    const { prior, byTask, priorStrength, table } = policy.quality;
    const usual = byTask[cell.task] ?? prior;
    const rows = table.filter(
      ({ task, documentKind }) =>
        (task ?? cell.task) === cell.task && (documentKind ?? cell.documentKind) === cell.documentKind,
    );
    const beliefOf = ({ observations = priorStrength, ...row }: Row): Belief => ({
      share: row[cell.band],
      observations,
    });
    this.byTier = ([0, 1, 2, 3] as const).map((tier) => {
      const row = closest(rows.filter((each) => each.model === undefined && each.tier === tier));
      return row ? beliefOf(row) : { share: usual[tier][cell.band], observations: priorStrength };
    });
    const models = new Set(rows.flatMap(({ model }) => model ?? []));
    this.byModel = new Map(
      [...models].flatMap((model) => {
        const row = closest(rows.filter((each) => each.model === model));
        return row ? [[model, beliefOf(row)] as const] : [];
      }),
    );
  }

  /**
   * The mean of a Beta distribution: what is believed, worth so many observations, and every verified outcome.
   * @returns the predicted share of right answers, 0..1
   */
  of(
    { id, tier }: { readonly id: string; readonly tier: number },
    outcomes: { readonly accepted: number; readonly refused: number } | undefined,
  ): number {
    const belief = (this.byModel.size > 0 ? this.byModel.get(id) : undefined) ?? this.byTier[tier];
    if (!belief) return 0;
    if (!outcomes) return belief.share;
    const { accepted, refused } = outcomes;
    return (belief.share * belief.observations + accepted) / (belief.observations + accepted + refused);
  }
}

/** The row that says most about where it holds; of two that say as much, the one that names the task. */
function closest(rows: readonly Row[]): Row | undefined {
  const weight = ({ task, documentKind }: Row): number =>
    (task === undefined ? 0 : 1.5) + (documentKind === undefined ? 0 : 1);
  return rows.reduce<Row | undefined>(
    (best, row) => (best === undefined || weight(row) > weight(best) ? row : best),
    undefined,
  );
}
