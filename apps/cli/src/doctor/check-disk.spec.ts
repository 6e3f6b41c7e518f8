import { describe, expect, it } from '@jest/globals';
import { checkDisk, judgeFreeSpace } from './check-disk.js';
import type { Surroundings } from './finding.js';

describe('checkDisk', () => {
  it.each([
    [100e6, 'fail'],
    [2e9, 'warn'],
    [50e9, 'ok'],
  ])('%i bytes are %s', (freeBytes, verdict) => {
    expect(judgeFreeSpace(freeBytes, '/data').verdict).toBe(verdict);
  });

  it('measures the disk of a folder that does not exist yet', async () => {
    const surroundings = { dataFolder: '/no/such/folder' } as Surroundings;
    expect((await checkDisk(surroundings)).found).toMatch(/^\d+\.\d GB free$/);
  });
});
