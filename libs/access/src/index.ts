export { ACCESS, AccessModule, type AccessOptions } from './access.module.js';
export { routeOfRequest } from './route-guard.js';
