import { reasoningLanes, type ReasoningLane } from '@waybill/contracts';
import type { ServiceLevel } from '../catalog/prices.js';
import type { Candidate } from '../decision/route-decision.js';
import type { RoutingPolicy } from './routing-policy.js';

/** The lane in which a candidate is asked: its tier's, or the slow one when its call is expected to take long, as flex calls are. */
export function laneOf(
  { lanes }: RoutingPolicy,
  { card, latencyMs }: Pick<Candidate, 'card' | 'latencyMs'>,
  level: ServiceLevel = 'standard',
): ReasoningLane {
  const own = lanes.byTier[card.tier as keyof typeof lanes.byTier];
  // What is built in asks nobody.
  if (card.tier === 0) return own;
  const { fromMs, lane } = lanes.slow;
  const isSlow = level === 'flex' || latencyMs >= fromMs;
  return isSlow && isLaterLane(lane, own) ? lane : own;
}

/** Work only ever moves to later lanes, so it moves at most once into each. */
export const isLaterLane = (lane: ReasoningLane, than: ReasoningLane): boolean =>
  reasoningLanes.indexOf(lane) > reasoningLanes.indexOf(than);
