import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { tolerant } from './tolerant.js';

const wish = z.strictObject({ tier: z.enum(['free', 'cheap']).optional() });
const task = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('read') }),
  z.strictObject({ kind: z.literal('answer'), messages: z.array(z.strictObject({ text: z.string().min(1) })).min(1) }),
]);
const schema = z.object({ wish: wish.default({}), task, metadata: z.record(z.string(), z.string()).optional() });

describe('tolerant', () => {
  const later = {
    wish: { tier: 'free', speed: 'low' },
    task: { kind: 'answer', messages: [{ text: 'a', at: 1 }], tone: 'dry' },
    metadata: { any: 'thing' },
    added: 1,
  };

  it('leaves out what the schema does not know, where the schema itself refuses', () => {
    expect(schema.safeParse(later).success).toBe(false);
    expect(tolerant(schema).parse(later)).toEqual({
      wish: { tier: 'free' },
      task: { kind: 'answer', messages: [{ text: 'a' }] },
      metadata: { any: 'thing' },
    });
  });

  it('keeps every other check, and the defaults', () => {
    expect(tolerant(schema).parse({ task: { kind: 'read' } })).toEqual({ wish: {}, task: { kind: 'read' } });
    for (const wrong of [
      { task: { kind: 'paint' } },
      { task: { kind: 'answer', messages: [] } },
      { task: { kind: 'answer', messages: [{ text: '' }] } },
      { task: { kind: 'read' }, wish: { tier: 'dear' } },
    ]) {
      expect(tolerant(schema).safeParse(wrong).success).toBe(false);
    }
  });
});
