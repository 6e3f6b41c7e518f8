import { describe, expect, it } from '@jest/globals';
import { metricList } from '@waybill/telemetry';
import { PrometheusMeter } from './prometheus-meter.js';

describe('the registry', () => {
  it('has every metric of the list, with its help and type', async () => {
    const text = await new PrometheusMeter('ocr').scrape();
    for (const [name, { type, help }] of Object.entries(metricList)) {
      expect(text).toContain(`# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`);
    }
  });

  it('adds to counters, sorts into buckets, and says whose it is', async () => {
    const meter = new PrometheusMeter('ocr');
    const labels = { source: 'ocr', cached: 'false' };
    meter.record({ metric: 'waybill_pages_read_total', labels, value: 2 });
    meter.record({ metric: 'waybill_pages_read_total', labels, value: 1 });
    meter.record({ metric: 'waybill_page_confidence', labels: { source: 'ocr' }, value: 0.93 });
    const text = await meter.scrape();
    expect(text).toContain('waybill_pages_read_total{source="ocr",cached="false",service="ocr"} 3');
    expect(text).toMatch(/waybill_page_confidence_bucket\{le="0.9",[^}]*\} 0\n/);
    expect(text).toMatch(/waybill_page_confidence_bucket\{le="0.95",[^}]*\} 1\n/);
  });

  it('reads gauges at the scrape; what cannot be read is absent, and counted', async () => {
    const meter = new PrometheusMeter('results');
    let reading: () => Promise<number> = () => Promise.resolve(7);
    meter.atScrape('queues', ['waybill_dead_letters'], async () => [
      { metric: 'waybill_dead_letters', labels: {}, value: await reading() },
    ]);
    expect(await meter.scrape()).toContain('waybill_dead_letters{service="results"} 7');
    reading = () => Promise.reject(new Error('away'));
    const text = await meter.scrape();
    expect(text).not.toMatch(/^waybill_dead_letters\{/m);
    expect(text).toContain('waybill_scrape_failures_total{source="queues",service="results"} 1');
  });
});
