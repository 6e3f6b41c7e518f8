import { describe, expect, it } from '@jest/globals';
import { jobIdForFile } from './job-id-for-file.js';

describe('jobIdForFile', () => {
  it('fills in name and number', () => {
    expect(jobIdForFile('scan-{name}_{n}', { name: 'März 1.2.pdf', index: 0, total: 2 })).toBe('scan-M-rz-1-2_1');
  });

  it('takes an id as it is for one file, and makes one without a template', () => {
    expect(jobIdForFile('mine', { name: 'a.png', index: 0, total: 1 })).toBe('mine');
    expect(jobIdForFile(undefined, { name: 'a.png', index: 0, total: 5 })).toMatch(/^job_[0-9a-z]{26}$/);
  });

  it('refuses one id for several files, and ids that are not allowed', () => {
    expect(() => jobIdForFile('mine', { name: 'a.png', index: 1, total: 2 })).toThrow('put {name} or {n} into it');
    expect(() => jobIdForFile('a b', { name: 'a.png', index: 0, total: 1 })).toThrow('is not a job id');
  });
});
