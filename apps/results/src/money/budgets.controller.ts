import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put } from '@nestjs/common';
import {
  budgetParametersSchema,
  budgetWishSchema,
  type BudgetListView,
  type BudgetView,
  type Tenant,
} from '@waybill/contracts';
import type { BudgetBook } from '@waybill/llm-routing';
import { BUDGET_BOOK } from '@waybill/persistence';
import { ProblemException } from '@waybill/platform';
import { RequestTenant } from '../http/request-parameters.js';

/** What a tenant's jobs may spend. */
@Controller('v1/budgets')
export class BudgetsController {
  constructor(@Inject(BUDGET_BOOK) private readonly book: BudgetBook) {}

  @Get()
  async list(@RequestTenant() tenant: Tenant): Promise<BudgetListView> {
    return { budgets: await this.book.list(tenant) };
  }

  @Get(':name')
  async get(@RequestTenant() tenant: Tenant, @Param() parameters: unknown): Promise<BudgetView> {
    const { name } = budgetParametersSchema.parse(parameters);
    const budget = (await this.book.list(tenant)).find((candidate) => candidate.name === name);
    if (!budget) throw noSuchBudget(name);
    return budget;
  }

  @Put(':name')
  async put(@RequestTenant() tenant: Tenant, @Param() parameters: unknown, @Body() body: unknown): Promise<BudgetView> {
    const { name } = budgetParametersSchema.parse(parameters);
    await this.book.put(tenant, { name, ...budgetWishSchema.parse(body) });
    return await this.get(tenant, { name });
  }

  @Delete(':name')
  @HttpCode(204)
  async remove(@RequestTenant() tenant: Tenant, @Param() parameters: unknown): Promise<void> {
    const { name } = budgetParametersSchema.parse(parameters);
    if (!(await this.book.remove(tenant, name))) throw noSuchBudget(name);
  }
}

const noSuchBudget = (name: string): ProblemException =>
  new ProblemException('budget-not-found', `There is no budget ${name}; GET /v1/budgets lists those that there are.`);
