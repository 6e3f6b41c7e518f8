import { describe, expect, it } from '@jest/globals';
import { threadScript } from './thread-script.js';

describe('threadScript', () => {
  it('stands beside a compiled module', () => {
    const found = threadScript('read.worker', 'file:///srv/dist/libs/documents/src/reader.js');
    expect(found.href).toBe('file:///srv/dist/libs/documents/src/read.worker.js');
  });

  it('is taken from the build when the module is still TypeScript, also below a folder of that name', () => {
    const found = threadScript('read.worker', 'file:///home/libs/waybill/libs/documents/src/pdf/reader.ts');
    expect(found.href).toBe('file:///home/libs/waybill/dist/libs/documents/src/pdf/read.worker.js');
  });
});
