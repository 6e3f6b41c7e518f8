import { Module } from '@nestjs/common';
import { EVENT_LOG, QUEUE_GAUGE } from '@waybill/jetstream';
import { systemClock, type EventLog, type JobArchive, type QueueGauge } from '@waybill/jobs';
import { JOB_ARCHIVE } from '@waybill/persistence';
import { EventsController } from '../events/events.controller.js';
import { FollowJob } from '../events/follow-job.js';
import { ServiceLife } from '../http/service-life.js';
import { PortsModule } from '../ports.module.js';
import { CancelJob } from './cancel-job.js';
import { FindJob } from './find-job.js';
import { JobReader } from './job-reader.js';
import { JobsController } from './jobs.controller.js';
import { WaitForJob } from './wait-for-job.js';

/** What there is to say of a job, now and as it happens. */
@Module({
  imports: [PortsModule],
  controllers: [JobsController, EventsController],
  providers: [
    ServiceLife,
    {
      provide: FindJob,
      inject: [JOB_ARCHIVE, EVENT_LOG],
      useFactory: (archive: JobArchive, log: EventLog) => new FindJob(archive, log),
    },
    {
      provide: WaitForJob,
      inject: [FindJob, EVENT_LOG],
      useFactory: (finder: FindJob, log: EventLog) => new WaitForJob(finder, log),
    },
    {
      provide: CancelJob,
      inject: [FindJob, EVENT_LOG],
      useFactory: (finder: FindJob, log: EventLog) => new CancelJob(finder, log, systemClock),
    },
    {
      provide: JobReader,
      inject: [FindJob, JOB_ARCHIVE, QUEUE_GAUGE],
      useFactory: (finder: FindJob, archive: JobArchive, gauge: QueueGauge) =>
        new JobReader(finder, archive, gauge, systemClock),
    },
    {
      provide: FollowJob,
      inject: [FindJob, EVENT_LOG, JOB_ARCHIVE],
      useFactory: (finder: FindJob, log: EventLog, archive: JobArchive) => new FollowJob(finder, log, archive),
    },
  ],
  exports: [FindJob, CancelJob, JobReader],
})
export class JobsModule {}
