/** A metric as data: what the registry, the reference, the alerts' test and the dashboard are made of. */
export interface MetricDefinition {
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** One sentence, with the unit where the name does not say it. */
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper bounds of a histogram's buckets, in the unit of the name. */
  readonly buckets?: readonly number[];
  /** Which processes have it. */
  readonly of: 'all' | 'transport' | 'models' | 'results';
}

/** From a fast step to a slow page, in seconds. */
export const workBuckets = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120] as const;
/** Confidence of a page, 0..1: fine where good pages are. */
export const confidenceBuckets = [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 1] as const;
