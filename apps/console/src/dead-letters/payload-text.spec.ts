import { describe, expect, it } from '@jest/globals';
import { payloadText } from './payload-text.js';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('the payload of a dead letter', () => {
  it('is set out when it is JSON, whatever its letters', () => {
    expect(payloadText(base64('{"name":"Zoë"}'))).toBe('{\n  "name": "Zoë"\n}');
  });
  it('is shown as it is otherwise, and cut when it is long', () => {
    expect(payloadText(base64('plain'))).toBe('plain');
    expect(payloadText(base64('x'.repeat(30_000)))).toMatch(/^x{20000}\n… cut$/);
  });
});
