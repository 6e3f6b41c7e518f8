import { pageLanes, type PageLane, type Routing } from '@waybill/contracts';

/** A tenant's pages in each lane, waiting or under way. */
export type PagesInLanes = Readonly<Record<PageLane, number>>;

/** How many pages of one tenant a lane takes before the next lane is used. */
const roomOfLane: PagesInLanes = { front: 8, middle: 128, back: Infinity };

/**
 * The lane for a tenant's next page. A normal page counts all that its tenant has waiting, so that it does not overtake
 * older ones; an urgent page counts each lane alone and passes them.
 */
export function placePage(depth: PagesInLanes, priority: Routing['priority']): PageLane {
  if (priority === 'low') return 'back';
  const total = pageLanes.reduce((sum, lane) => sum + depth[lane], 0);
  let roomSoFar = 0;
  for (const lane of pageLanes) {
    roomSoFar += roomOfLane[lane];
    if (priority === 'high' ? depth[lane] < roomOfLane[lane] : total < roomSoFar) return lane;
  }
  return 'back';
}
