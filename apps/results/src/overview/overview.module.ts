import { Module } from '@nestjs/common';
import { LANE_GAUGE } from '@waybill/jetstream';
import { systemClock, type JobStatistics, type LaneGauge, type OperatorNumbers } from '@waybill/jobs';
import { JOB_STATISTICS, OPERATOR_NUMBERS } from '@waybill/persistence';
import { PrometheusMeter } from '@waybill/platform';
import { watchNumbers } from '../metrics/watch-numbers.js';
import { PortsModule } from '../ports.module.js';
import { OverviewController } from './overview.controller.js';
import { ReadOverview } from './read-overview.js';

/** Nobody injects it: it is there for the numbers to be read. */
const NUMBERS = Symbol('NUMBERS');

/** What goes on, for the console and for a scraper. */
@Module({
  imports: [PortsModule],
  controllers: [OverviewController],
  providers: [
    {
      provide: ReadOverview,
      inject: [LANE_GAUGE, JOB_STATISTICS],
      useFactory: (gauge: LaneGauge, statistics: JobStatistics) => new ReadOverview(gauge, statistics, systemClock),
    },
    {
      provide: NUMBERS,
      inject: [PrometheusMeter, LANE_GAUGE, OPERATOR_NUMBERS],
      useFactory: (meter: PrometheusMeter, gauge: LaneGauge, numbers: OperatorNumbers) => {
        watchNumbers(meter, { gauge, numbers }, systemClock);
        return numbers;
      },
    },
  ],
})
export class OverviewModule {}
