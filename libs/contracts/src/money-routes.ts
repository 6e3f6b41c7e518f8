import { z } from 'zod';
import { budgetListViewSchema, budgetNameSchema, budgetViewSchema, budgetWishSchema } from './budget.js';
import { json, results, type RestRoute } from './rest-route.js';
import { usageQuerySchema, usageViewSchema } from './usage.js';

export const budgetParametersSchema = z.object({ name: budgetNameSchema });
const ofBudget = { ...results, path: '/v1/budgets/{name}', parameters: budgetParametersSchema } as const;

/** What was spent, and what may be. */
export const moneyRoutes: readonly RestRoute[] = [
  {
    ...results,
    operation: 'getUsage',
    path: '/v1/usage',
    summary:
      'What the tenant has spent, in groups. `format=csv` gives a line a group; `tenants=all` is for the operator’s admins.',
    query: usageQuerySchema,
    responses: { 200: json(usageViewSchema, 'Groups with the dearest first, and the totals; or the same as CSV.') },
    problems: ['invalid-request', 'forbidden', 'unavailable'],
  },
  {
    ...results,
    operation: 'listBudgets',
    path: '/v1/budgets',
    summary: 'The budgets of the tenant, and how each stands.',
    responses: { 200: json(budgetListViewSchema, 'The budgets by name.') },
    problems: ['unavailable'],
  },
  {
    ...ofBudget,
    operation: 'getBudget',
    summary: 'One budget, and how it stands.',
    responses: { 200: json(budgetViewSchema, 'The budget.') },
    problems: ['invalid-request', 'budget-not-found', 'unavailable'],
  },
  {
    ...ofBudget,
    operation: 'setBudget',
    scope: 'admin',
    method: 'put',
    summary: 'Makes a budget, or replaces the one of that name. What was spent before counts.',
    request: { 'application/json': budgetWishSchema },
    responses: { 200: json(budgetViewSchema, 'The budget as it stands now; the next call keeps it.') },
    problems: ['invalid-request', 'unavailable'],
  },
  {
    ...ofBudget,
    operation: 'removeBudget',
    scope: 'admin',
    method: 'delete',
    summary: 'Removes a budget. What was spent stays in the ledger.',
    responses: { 204: { description: 'It is gone.' } },
    problems: ['invalid-request', 'budget-not-found', 'unavailable'],
  },
];
