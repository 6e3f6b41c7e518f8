import type { RouteRequest } from '../decision/route-request.js';
import { formsBy } from '../policy/chain-policy.js';
import type { RoutingPolicy } from '../policy/routing-policy.js';
import type { CascadeWork } from './cascade-task.js';
import type { ChainProgress } from './chain-progress.js';

/** The request for the next attempt on a document: what is still open, inside what the job has left. */
export function routeRequestOf<Answer>(
  { task, routing, deadline, only }: CascadeWork<Answer>,
  progress: ChainProgress<Answer>,
  policy: RoutingPolicy,
  now: Date,
): RouteRequest {
  const { open, asked, leftUsd, qualityFloor } = progress;
  const { tier, regions, sensitivity } = routing;
  return {
    ...{ task: task.kind, documentKind: task.documentKind, difficulty: task.difficulty },
    forms: formsBy(policy, { task: task.kind, documentKind: task.documentKind }, task.forms(open)),
    ...{ output: task.output(open), capabilities: [], level: 'standard', now },
    limits: {
      ...(tier === undefined ? {} : { tier }),
      ...(regions === undefined ? {} : { regions }),
      ...(sensitivity === undefined ? {} : { sensitivity }),
      ...(leftUsd === undefined ? {} : { leftUsd }),
      ...(qualityFloor === undefined ? {} : { qualityFloor }),
      ...(only === undefined ? {} : { only }),
      exclude: [...asked],
      leftMs: deadline.getTime() - now.getTime(),
    },
  };
}
