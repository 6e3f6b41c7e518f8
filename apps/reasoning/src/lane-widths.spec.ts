import { describe, expect, it } from '@jest/globals';
import { loadEnvironment } from '@waybill/platform';
import { laneWidths } from './lane-widths.js';

const widthsFor = (lanes?: string) =>
  laneWidths(loadEnvironment({ WAYBILL_CONCURRENCY: '16', WAYBILL_REASONING_LANES: lanes })).concurrency;

describe('laneWidths', () => {
  it('works on all lanes as on any consumer', () => {
    expect(widthsFor()).toEqual({
      ...{
        'reasoning-free': 16,
        'reasoning-fast': 16,
        'reasoning-standard': 16,
        'reasoning-frontier': 16,
        'reasoning-batch': 16,
      },
    });
  });

  it('leaves lanes that are not named to others', () => {
    expect(widthsFor('free, frontier:4')).toEqual({
      ...{
        'reasoning-free': 16,
        'reasoning-fast': 0,
        'reasoning-standard': 0,
        'reasoning-frontier': 4,
        'reasoning-batch': 0,
      },
    });
  });

  it.each(['express', 'fast:0', 'fast:many'])('refuses %s', (lanes) => {
    expect(() => widthsFor(lanes)).toThrow(/write lanes as free,fast:64/);
  });
});
