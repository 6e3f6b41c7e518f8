import { describe, expect, it } from '@jest/globals';
import { exitCodes } from '../exit-code.js';
import { exitCodeOfStatuses } from './submitted-job.js';

describe('exitCodeOfStatuses', () => {
  it.each([
    [[], exitCodes.ok],
    [['completed', 'completed'], exitCodes.ok],
    [['completed', 'partial'], exitCodes.partial],
    [['partial', 'failed'], exitCodes.jobFailed],
    [['cancelled'], exitCodes.jobFailed],
    [['expired'], exitCodes.jobFailed],
  ] as const)('%j exits with %i', (statuses, code) => {
    expect(exitCodeOfStatuses(statuses)).toBe(code);
  });
});
