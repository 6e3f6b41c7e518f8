import type { Clock, EventLog } from '@waybill/jobs';
import type { BatchedCall } from '@waybill/llm-routing';

/** Whether the job of a batched call has ended: by its final event, its deadline, or a purge that left none of its events. */
export const isJobOver =
  (events: Pick<EventLog, 'find'>, clock: Clock) =>
  async ({ reservation }: BatchedCall): Promise<boolean> => {
    // Without a reservation nothing was submitted.
    if (!reservation) return true;
    // A reservation of a batch is held until the deadline.
    if (clock.now() >= new Date(reservation.leaseEndsAt)) return true;
    const { job } = reservation.intent;
    if (await events.find(job, 'job-finished')) return true;
    return (await events.find(job, 'job-accepted')) === undefined;
  };
