import type { MetricName } from './metric-list.js';

/** One number for one metric. A counter grows by `value`, a histogram takes it in, a gauge becomes it. */
export interface Measurement {
  readonly metric: MetricName;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Port: where numbers go. Its adapter is the registry of the platform. */
export interface Meter {
  record(measurement: Measurement): void;
  /** What is only known by asking. The gauges named here are set at every scrape, and absent when `read` rejects. */
  atScrape(source: string, gauges: readonly MetricName[], read: () => Promise<readonly Measurement[]>): void;
}

/** For work that nobody watches. */
export const silentMeter: Meter = { record: () => undefined, atScrape: () => undefined };
