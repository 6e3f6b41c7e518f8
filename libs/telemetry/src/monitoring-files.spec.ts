import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { telemetryDashboard } from './dashboard.js';
import type { MetricDefinition } from './metric-definition.js';
import { metricList } from './metric-list.js';

const root = join(import.meta.dirname, '../../..');
const monitoring = join(root, 'deploy/monitoring');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string };
}
const { groups } = parse(read('deploy/monitoring/alerts.yaml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const hasPromtool = spawnSync('promtool', ['--version']).status === 0;

/** The series of every metric: a histogram has three. */
const series = new Map<string, readonly string[]>(
  Object.entries<MetricDefinition>(metricList).flatMap(([name, { type, labels }]) =>
    type === 'histogram'
      ? ['bucket', 'sum', 'count'].map((part): [string, string[]] => [
          `${name}_${part}`,
          part === 'bucket' ? [...labels, 'le'] : [...labels],
        ])
      : [[name, labels]],
  ),
);

describe('the alert rules', () => {
  it('speak of series that exist and of labels that these have', () => {
    for (const { alert, expr } of rules) {
      const uses = [...expr.matchAll(/(waybill_\w+)(?:\{([^}]*)\})?/g)];
      expect(uses.length).toBeGreaterThan(0);
      for (const [, name = '', matchers = ''] of uses) {
        expect([alert, name, series.has(name)]).toEqual([alert, name, true]);
        for (const [, label = ''] of matchers.matchAll(/(\w+)[!=~]+"/g)) expect(series.get(name)).toContain(label);
      }
    }
  });

  it('have a severity, a sentence and a place in the documentation', () => {
    const documented = [...read('docs/telemetry.md').matchAll(/^\| `(Waybill\w+)`/gm)].map(([, name]) => name);
    expect(rules.map(({ alert }) => alert).sort()).toEqual(documented.sort());
    for (const { labels, annotations } of rules) {
      expect(['info', 'warning', 'critical']).toContain(labels.severity);
      expect(annotations.summary).toMatch(/\.$|blind\.$/);
    }
  });

  it('are each brought to fire by a test', () => {
    const tested = [...read('deploy/monitoring/alerts.test.yaml').matchAll(/^ {8}alertname: (\w+)$/gm)];
    expect(new Set(tested.map(([, name]) => name))).toEqual(new Set(rules.map(({ alert }) => alert)));
  });

  (hasPromtool ? it : it.skip)('fire as their test says', () => {
    execFileSync('promtool', ['check', 'rules', join(monitoring, 'alerts.yaml')]);
    execFileSync('promtool', ['test', 'rules', join(monitoring, 'alerts.test.yaml')]);
  });
});

describe('the dashboard', () => {
  it('is what `npm run dashboard:generate` writes', () => {
    expect(JSON.parse(read('deploy/monitoring/dashboard.json'))).toEqual(telemetryDashboard());
  });
});
