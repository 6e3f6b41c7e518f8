import type { Clock, EventLog } from '@waybill/jobs';
import type { BatchedCall } from '@waybill/llm-routing';

/** Whether the job of a batched call has ended: by its final event, or because its deadline has passed. */
export const isJobOver =
  (events: Pick<EventLog, 'find'>, clock: Clock) =>
  async ({ reservation }: BatchedCall): Promise<boolean> => {
    // Without a reservation nothing was submitted.
    if (!reservation) return true;
    // A reservation of a batch is held until the deadline.
    if (clock.now() >= new Date(reservation.leaseEndsAt)) return true;
    return (await events.find(reservation.intent.job, 'job-finished')) !== undefined;
  };
