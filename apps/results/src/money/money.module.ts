import { Module } from '@nestjs/common';
import { LIMITS, type WatchedLimits } from '@waybill/access';
import { PageQuotas, type SharedStates } from '@waybill/identity';
import { SHARED_STATES } from '@waybill/jetstream';
import { systemClock } from '@waybill/jobs';
import type { BudgetBook, UsageBook } from '@waybill/llm-routing';
import { BUDGET_BOOK, USAGE_BOOK } from '@waybill/persistence';
import { PortsModule } from '../ports.module.js';
import { BudgetsController } from './budgets.controller.js';
import { KeepBudgets } from './keep-budgets.js';
import { ReportUsage } from './report-usage.js';
import { UsageController } from './usage.controller.js';

/** What was spent, and what may be. */
@Module({
  imports: [PortsModule],
  controllers: [UsageController, BudgetsController],
  providers: [
    {
      provide: ReportUsage,
      inject: [USAGE_BOOK],
      useFactory: (book: UsageBook) => new ReportUsage(book, systemClock),
    },
    {
      provide: PageQuotas,
      inject: [LIMITS, SHARED_STATES],
      useFactory: (limits: WatchedLimits, states: SharedStates) =>
        new PageQuotas(() => limits.current, states, systemClock),
    },
    { provide: KeepBudgets, inject: [BUDGET_BOOK], useFactory: (book: BudgetBook) => new KeepBudgets(book) },
  ],
})
export class MoneyModule {}
