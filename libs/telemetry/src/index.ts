export * from './measure-event.js';
export * from './meter.js';
export { metricList, type MetricName } from './metric-list.js';
export type { MetricDefinition } from './metric-definition.js';
