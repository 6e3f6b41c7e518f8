/**
 * How many replicas KEDA and Kubernetes' autoscaler would have, as a pure state machine that is told the lag at each poll.
 *
 * KEDA's nats-jetstream scaler takes `num_pending + num_ack_pending` of the consumer. From zero it starts one replica as soon
 * as that is over the activation threshold, and goes back to zero after a cool-down without lag. In between the autoscaler
 * wants ceil(lag / threshold), leaves alone what is within a tenth of it, doubles at most (or adds `podsUp`) a step, and goes
 * down only to the most that was wanted during the stabilisation window.
 */
export class Autoscaler {
  /** @param {import('./autoscaler.d.mts').ScalingPolicy} policy */
  constructor(policy) {
    this.policy = policy;
    this.replicas = 0;
    this.lastActiveMs = Number.NEGATIVE_INFINITY;
    this.wishes = [];
  }

  /** @returns the replicas from now on */
  decide(nowMs, lag) {
    const { activationLag, cooldownMs } = this.policy;
    if (lag > activationLag) this.lastActiveMs = nowMs;
    if (this.replicas === 0) {
      if (lag > activationLag) this.replicas = 1;
    } else if (nowMs - this.lastActiveMs >= cooldownMs) {
      this.replicas = 0;
      this.wishes = [];
    } else {
      this.replicas = this.stabilised(nowMs, this.wanted(lag));
    }
    return this.replicas;
  }

  wanted(lag) {
    const { lagThreshold, maxReplicas, tolerance } = this.policy;
    const ratio = lag / (lagThreshold * this.replicas);
    const wanted = Math.abs(ratio - 1) <= tolerance ? this.replicas : Math.ceil(lag / lagThreshold);
    return Math.min(maxReplicas, Math.max(1, wanted));
  }

  stabilised(nowMs, wanted) {
    const { stabilisationMs, podsUp } = this.policy;
    this.wishes = [...this.wishes.filter(({ atMs }) => nowMs - atMs < stabilisationMs), { atMs: nowMs, wanted }];
    if (wanted >= this.replicas) return Math.min(wanted, Math.max(2 * this.replicas, this.replicas + podsUp));
    return Math.min(this.replicas, Math.max(...this.wishes.map((wish) => wish.wanted)));
  }
}

/** What the scaler reads from `/jsz?acc=$G&consumers=true&config=true` for one consumer; undefined when it is not there. */
export function lagOf(jsz, stream, consumer) {
  const streams = (jsz.account_details ?? []).flatMap((account) => account.stream_detail ?? []);
  const found = streams.find(({ name }) => name === stream)?.consumer_detail?.find(({ name }) => name === consumer);
  return found && found.num_pending + found.num_ack_pending;
}
