import { overviewViewSchema } from './overview.js';
import { json, results, type RestRoute } from './rest-route.js';
import { routeExplanationSchema, routeQuestionSchema, routingViewSchema } from './routing-view.js';

/** What operators look at. */
export const operatorRoutes: readonly RestRoute[] = [
  {
    ...results,
    operation: 'getOverview',
    path: '/v1/overview',
    summary: 'What is going on: lanes and their lag, open jobs, what waits and why, the last hour by minutes.',
    responses: { 200: json(overviewViewSchema, 'As it is now; asking every second or two is welcome.') },
    problems: ['unavailable'],
  },
  {
    ...results,
    operation: 'getRouting',
    path: '/v1/routing',
    summary: 'By what models are chosen: the catalog and the policy.',
    responses: { 200: json(routingViewSchema, 'As it is now.') },
    problems: [],
  },
  {
    ...results,
    operation: 'explainRoute',
    method: 'post',
    path: '/v1/routing/explain',
    summary: 'Where a piece of work would go, and what speaks against every other model. Asks no model.',
    request: { 'application/json': routeQuestionSchema },
    responses: { 200: json(routeExplanationSchema, 'The route, or why there is none.') },
    problems: ['invalid-request'],
  },
];
