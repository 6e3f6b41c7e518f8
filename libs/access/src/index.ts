export { ACCESS, AccessModule, LIMITS, type AccessOptions } from './access.module.js';
export { routeOfRequest } from './route-guard.js';
export type { WatchedLimits } from './watched-limits.js';
