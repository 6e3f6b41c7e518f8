import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Interruption } from './interruption.js';

let nowMs: number;
let hastened: number;
let interruption: Interruption;

beforeEach(() => {
  nowMs = 5_000;
  hastened = 0;
  interruption = new Interruption(() => nowMs);
  interruption.onImpatience = () => (hastened += 1);
});
afterEach(() => interruption.dispose());

const signal = (name: 'SIGINT' | 'SIGTERM'): boolean => process.emit(name, name);

describe('an interruption', () => {
  it('aborts at the first signal and names it', () => {
    const { signal: aborting } = interruption;
    expect(aborting.aborted).toBe(false);
    signal('SIGTERM');
    expect([aborting.aborted, interruption.received]).toEqual([true, 'SIGTERM']);
  });

  it('takes what follows within a second for the same wish, as npm passes on what the terminal has sent already', () => {
    void interruption.signal;
    signal('SIGINT');
    nowMs += 1_000;
    signal('SIGINT');
    expect(hastened).toBe(0);
  });

  it('hears impatience in a later one', () => {
    void interruption.signal;
    signal('SIGINT');
    nowMs += 1_001;
    signal('SIGINT');
    expect(hastened).toBe(1);
  });

  it('listens no longer once it is disposed of', () => {
    const { signal: aborting } = interruption;
    interruption.dispose();
    signal('SIGINT');
    expect(aborting.aborted).toBe(false);
  });
});
