import { metricList, type Measurement, type Meter, type MetricDefinition, type MetricName } from '@waybill/telemetry';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

interface ScrapeSource {
  readonly gauges: readonly MetricName[];
  readonly read: () => Promise<readonly Measurement[]>;
}

/** A scrape is not kept waiting for a server that is away. */
const readWithinMs = 3_000;
const definitions = Object.entries(metricList) as [MetricName, MetricDefinition][];

/** The registry of one process. Metrics that were never recorded show their help and no samples. */
export class PrometheusMeter implements Meter {
  private readonly registry = new Registry();
  private readonly metrics = new Map<MetricName, Counter | Gauge | Histogram>();
  private readonly sources = new Map<string, ScrapeSource>();

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
    for (const [name, definition] of definitions) this.metrics.set(name, this.create(name, definition));
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  record({ metric, labels, value }: Measurement): void {
    const known = this.metrics.get(metric);
    if (known instanceof Counter) known.inc(labels, value);
    else if (known instanceof Histogram) known.observe(labels, value);
    else known?.set(labels, value);
  }

  /** A second source under the same name replaces the first. */
  atScrape(source: string, gauges: readonly MetricName[], read: () => Promise<readonly Measurement[]>): void {
    this.sources.set(source, { gauges, read });
  }

  /** Everything in the Prometheus text format, with what is read now. */
  async scrape(): Promise<string> {
    await Promise.all([...this.sources].map(([name, source]) => this.readSource(name, source)));
    return await this.registry.metrics();
  }

  private create(name: MetricName, { type, help, labels, buckets }: MetricDefinition): Counter | Gauge | Histogram {
    const common = { name, help, labelNames: labels, registers: [this.registry] };
    if (type === 'counter') return new Counter(common);
    if (type === 'gauge') return new Gauge(common);
    return new Histogram({ ...common, buckets: [...(buckets ?? [])] });
  }

  /** What cannot be read is absent, not old: an alert on absence is honest, a number from yesterday is not. */
  private async readSource(source: string, { gauges, read }: ScrapeSource): Promise<void> {
    let measurements: readonly Measurement[] = [];
    try {
      measurements = await inTime(read());
    } catch {
      this.record({ metric: 'waybill_scrape_failures_total', labels: { source }, value: 1 });
    }
    for (const gauge of gauges) this.metrics.get(gauge)?.reset();
    // A gauge without labels is 0 after a reset.
    if (measurements.length === 0) for (const gauge of gauges) this.metrics.get(gauge)?.remove({});
    for (const measurement of measurements) this.record(measurement);
  }
}

async function inTime<Value>(reading: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${readWithinMs} ms.`)), readWithinMs).unref();
  });
  try {
    return await Promise.race([reading, late]);
  } finally {
    clearTimeout(timer);
  }
}
