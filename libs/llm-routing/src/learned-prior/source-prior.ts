/** How many prompts have made a source's words known: its own, and those like them that other models answered. */
export const promptsRead = ({ labels, related }: Pick<SourcePrior, 'labels' | 'related'>): number => labels + related;

/** What was learned from one source of labels. Holds no text: terms are hashed. */
export interface SourcePrior {
  /** The set that the labels came from. */
  readonly source: string;
  readonly labels: number;
  /** Of other models on prompts like these, which were learned from beside them. */
  readonly related: number;
  /** Mean of strong minus weak, on a scale where the best answer is 1 and the worst 0. */
  readonly meanGain: number;
  /** By `taskFormNames`: how the figures lie, and what one deviation more adds to the gain. */
  readonly form: {
    readonly means: Float64Array;
    readonly deviations: Float64Array;
    readonly weights: Float64Array;
    /** What one deviation more of length adds when nothing else is known of a prompt; never negative. */
    readonly lengthSlope: number;
  };
  /** By bucket: rarity, and weight in units of `weightUnit`. */
  readonly terms: {
    readonly rarities: Uint8Array;
    readonly weights: Int8Array;
    readonly weightUnit: number;
  };
  /** Nine in ten of the prompts it was learned from are at least so familiar (0..1) when they themselves are left out. */
  readonly leastFamiliarity: number;
}
