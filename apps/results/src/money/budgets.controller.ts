import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import {
  budgetParametersSchema,
  budgetWishSchema,
  type BudgetListView,
  type BudgetView,
  type Tenant,
} from '@waybill/contracts';
import { ProblemException } from '@waybill/platform';
import { RequestTenant } from '../http/request-parameters.js';
import { KeepBudgets } from './keep-budgets.js';

/** What a tenant's jobs may spend. */
@Controller('v1/budgets')
export class BudgetsController {
  constructor(private readonly budgets: KeepBudgets) {}

  @Get()
  async list(@RequestTenant() tenant: Tenant): Promise<BudgetListView> {
    return { budgets: await this.budgets.list(tenant) };
  }

  @Get(':name')
  async get(@RequestTenant() tenant: Tenant, @Param() parameters: unknown): Promise<BudgetView> {
    const { name } = budgetParametersSchema.parse(parameters);
    return found(await this.budgets.find(tenant, name), name);
  }

  @Put(':name')
  async put(@RequestTenant() tenant: Tenant, @Param() parameters: unknown, @Body() body: unknown): Promise<BudgetView> {
    const { name } = budgetParametersSchema.parse(parameters);
    return found(await this.budgets.set(tenant, name, budgetWishSchema.parse(body)), name);
  }

  @Delete(':name')
  @HttpCode(204)
  async remove(@RequestTenant() tenant: Tenant, @Param() parameters: unknown): Promise<void> {
    const { name } = budgetParametersSchema.parse(parameters);
    if (!(await this.budgets.remove(tenant, name))) throw noSuchBudget(name);
  }
}

function found(budget: BudgetView | undefined, name: string): BudgetView {
  if (!budget) throw noSuchBudget(name);
  return budget;
}

const noSuchBudget = (name: string): ProblemException =>
  new ProblemException('budget-not-found', `There is no budget ${name}; GET /v1/budgets lists those that there are.`);
