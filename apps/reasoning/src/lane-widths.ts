import { laneConsumer, reasoningLanes, type ReasoningLane } from '@waybill/contracts';
import type { ServiceOptions } from '@waybill/jetstream';
import type { Environment } from '@waybill/platform';

/** How many jobs this process has under way in each lane; lanes that it was not given are left to others. */
export function laneWidths(
  environment: Pick<Environment, 'WAYBILL_REASONING_LANES' | 'WAYBILL_CONCURRENCY'>,
): ServiceOptions {
  const { WAYBILL_REASONING_LANES: lanes, WAYBILL_CONCURRENCY: usual } = environment;
  const widthOf = (lane: ReasoningLane): number => {
    if (lanes === undefined) return usual;
    return lane in lanes ? (lanes[lane] ?? usual) : 0;
  };
  return { concurrency: Object.fromEntries(reasoningLanes.map((lane) => [laneConsumer(lane), widthOf(lane)])) };
}
