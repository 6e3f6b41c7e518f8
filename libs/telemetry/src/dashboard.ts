import type { MetricDefinition } from './metric-definition.js';
import { metricList } from './metric-list.js';

const rows = [
  { of: 'results', title: 'What waits, what is spent' },
  { of: 'transport', title: 'Jobs and pages' },
  { of: 'models', title: 'Models' },
  { of: 'all', title: 'Services' },
] as const;

const datasource = { type: 'prometheus', uid: '${datasource}' };
const panelsInRow = 3;
const size = { w: 24 / panelsInRow, h: 8 };
const ratePerSecond = '$__rate_interval';

/** A Grafana dashboard with a panel for every metric of the list, in the order of the list. */
export function telemetryDashboard(): object {
  const metrics = Object.entries<MetricDefinition>(metricList);
  let nextId = 1;
  let y = 0;
  const panels = rows.flatMap(({ of, title }) => {
    const mine = metrics.filter(([, definition]) => definition.of === of);
    const row = {
      id: nextId++,
      type: 'row',
      title,
      collapsed: false,
      gridPos: { x: 0, y: y++, w: 24, h: 1 },
      panels: [],
    };
    const below = mine.map(([name, definition], place) => ({
      id: nextId++,
      ...panelOf(name, definition),
      gridPos: { ...size, x: (place % panelsInRow) * size.w, y: y + Math.floor(place / panelsInRow) * size.h },
    }));
    y += Math.ceil(mine.length / panelsInRow) * size.h;
    return [row, ...below];
  });
  return {
    uid: 'waybill',
    title: 'Waybill',
    tags: ['waybill'],
    schemaVersion: 39,
    version: 1,
    editable: true,
    refresh: '30s',
    time: { from: 'now-3h', to: 'now' },
    templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus', label: 'Prometheus' }] },
    panels,
  };
}

function panelOf(name: string, definition: MetricDefinition): object {
  return {
    type: 'timeseries',
    title: name,
    description: definition.help,
    datasource,
    fieldConfig: { defaults: { unit: unitOf(name, definition), min: 0 }, overrides: [] },
    targets: queriesOf(name, definition).map((query, place) => ({ refId: 'AB'[place], datasource, ...query })),
  };
}

/** Counters by the second, histograms by their median and 95th percentile, gauges by the maximum over replicas. */
function queriesOf(name: string, { type, labels }: MetricDefinition): { expr: string; legendFormat: string }[] {
  const by = labels.length > 0 ? ` by (${labels.join(', ')})` : '';
  const legend = labels.map((label) => `{{${label}}}`).join(' ');
  if (type === 'gauge') return [{ expr: `max${by} (${name})`, legendFormat: legend }];
  if (type === 'counter') return [{ expr: `sum${by} (rate(${name}[${ratePerSecond}]))`, legendFormat: legend }];
  const buckets = `sum by (${['le', ...labels].join(', ')}) (rate(${name}_bucket[${ratePerSecond}]))`;
  return [0.5, 0.95].map((share) => ({
    expr: `histogram_quantile(${share}, ${buckets})`,
    legendFormat: `${legend} ${share * 100} %`,
  }));
}

/** In Grafana's words. */
function unitOf(name: string, { type }: MetricDefinition): string {
  if (name.endsWith('_seconds')) return 's';
  if (name.endsWith('_usd') || name.endsWith('_usd_total')) return 'currencyUSD';
  if (name.endsWith('_ratio') || name.endsWith('_confidence')) return 'percentunit';
  return type === 'counter' ? 'ops' : 'short';
}
