import { describe, expect, it } from '@jest/globals';
import { untilWritten } from './until-written.js';

describe('untilWritten', () => {
  it('tries again as long as somebody was faster', async () => {
    let tries = 0;
    const written = await untilWritten('a counter', async () => (++tries < 4 ? undefined : { written: tries }));
    expect(written).toBe(4);
  });

  it('says whose place is fought over when nobody ever gets through', async () => {
    let tries = 0;
    const never = untilWritten('a counter', async () => void (tries += 1));
    await expect(never).rejects.toThrow('a counter is written to by too many processes at once.');
    expect(tries).toBe(100);
  });

  it('passes on what an attempt refuses', async () => {
    const refused = new Error('The server is away.');
    await expect(untilWritten('a counter', () => Promise.reject(refused))).rejects.toBe(refused);
  });
});
