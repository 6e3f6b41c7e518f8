export interface ScalingPolicy {
  /** Messages a replica should have at most. */
  readonly lagThreshold: number;
  /** Over this lag, a lane without replicas gets its first. */
  readonly activationLag: number;
  readonly maxReplicas: number;
  /** The share of the wanted ratio within which nothing changes; 0.1 in Kubernetes. */
  readonly tolerance: number;
  readonly podsUp: number;
  readonly stabilisationMs: number;
  readonly cooldownMs: number;
}

export declare class Autoscaler {
  constructor(policy: ScalingPolicy);
  readonly replicas: number;
  decide(nowMs: number, lag: number): number;
}

export declare function lagOf(jsz: unknown, stream: string, consumer: string): number | undefined;
