export { NatsRouteState, type RouteStateOptions } from './nats-route-state.js';
export { ROUTE_STATE, RouteStateModule, type RouteStateSources } from './route-state.module.js';
