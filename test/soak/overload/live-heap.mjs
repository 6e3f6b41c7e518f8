import { PerformanceObserver, constants } from 'node:perf_hooks';

/**
 * Preloaded into services: at SIGUSR2 says how many bytes of the heap were in use behind the latest full collection, which
 * happened when the runtime wanted it.
 */
let liveHeapBytes = process.memoryUsage().heapUsed;
let collections = 0;
new PerformanceObserver((list) => {
  if (!list.getEntries().some(({ detail }) => detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR)) return;
  liveHeapBytes = process.memoryUsage().heapUsed;
  collections += 1;
}).observe({ entryTypes: ['gc'] });
process.on('SIGUSR2', () => console.error(JSON.stringify({ liveHeapBytes, collections })));
