export * from './measure-event.js';
export * from './meter.js';
export { metricList, type MetricName } from './metric-list.js';
export type { MetricDefinition } from './metric-definition.js';
export * from './spans-of-event.js';
export * from './tracer.js';
