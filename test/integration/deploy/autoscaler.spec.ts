import { describe, expect, it } from '@jest/globals';
import { Autoscaler, lagOf } from '../../rehearse/autoscaler.mjs';

const policy = {
  lagThreshold: 8,
  activationLag: 0,
  maxReplicas: 10,
  tolerance: 0.1,
  podsUp: 4,
  stabilisationMs: 100,
  cooldownMs: 50,
};

const run = (steps: readonly (readonly [atMs: number, lag: number])[]): number[] => {
  const autoscaler = new Autoscaler(policy);
  return steps.map(([atMs, lag]) => autoscaler.decide(atMs, lag));
};

describe('the autoscaler of the rehearsal', () => {
  it('stays at zero without lag and starts with one', () => {
    expect(
      run([
        [0, 0],
        [5, 1],
      ]),
    ).toEqual([0, 1]);
  });

  it('wants one replica for each threshold of lag, doubling or adding four at most, up to the limit', () => {
    expect(
      run([
        [0, 80],
        [5, 80],
        [10, 80],
        [15, 800],
      ]),
    ).toEqual([1, 5, 10, 10]);
  });

  it('leaves alone what is within a tenth', () => {
    expect(
      run([
        [0, 8],
        [5, 40],
        [10, 43],
        [15, 45],
      ]),
    ).toEqual([1, 5, 5, 6]);
  });

  it('goes down only to what was wanted during the window', () => {
    expect(
      run([
        [0, 8],
        [5, 40],
        [10, 8],
        [60, 8],
        [104, 8],
        [106, 8],
      ]),
    ).toEqual([1, 5, 5, 5, 5, 1]);
  });

  it('goes to zero after the cool-down without lag', () => {
    expect(
      run([
        [0, 8],
        [10, 0],
        [49, 0],
        [50, 0],
      ]),
    ).toEqual([1, 1, 1, 0]);
  });

  it('reads pending and unsettled messages of a consumer as lag', () => {
    const jsz = {
      account_details: [
        { stream_detail: [{ name: 'S', consumer_detail: [{ name: 'c', num_pending: 7, num_ack_pending: 3 }] }] },
      ],
    };
    expect(lagOf(jsz, 'S', 'c')).toBe(10);
    expect(lagOf(jsz, 'S', 'other')).toBeUndefined();
  });
});
