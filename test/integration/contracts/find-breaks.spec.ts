import { describe, expect, it } from '@jest/globals';
import { z, type ZodType } from 'zod';
import { findBreaks } from './find-breaks.js';

const breaks = (writer: ZodType, reader: ZodType): string[] =>
  findBreaks(z.toJSONSchema(writer, { io: 'output' }), z.toJSONSchema(reader, { io: 'input' }));

const page = z.object({
  version: z.literal(1),
  number: z.number().int().min(1).max(100),
  name: z.string().max(20).optional(),
  source: z.enum(['ocr', 'text']),
  boxes: z.array(z.object({ x: z.number() })),
  counts: z.record(z.string(), z.number()).optional(),
});
const event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('read'), page }),
  z.object({ type: z.literal('failed'), reason: z.string() }),
]);

describe('what a later schema may do without breaking readers or writers', () => {
  it.each<[string, ZodType]>([
    ['nothing', page],
    ['an optional field', page.extend({ dpi: z.number().optional() })],
    ['a default', page.extend({ dpi: z.number().default(300) })],
  ])('adds %s', (_, later) => {
    expect([...breaks(page, later), ...breaks(later, page)]).toEqual([]);
  });

  it('widens what it reads', () => {
    const wider = page.extend({
      number: z.number().min(0),
      source: z.enum(['ocr', 'text', 'mixed']),
      boxes: z.array(z.unknown()),
    });
    expect(breaks(page, wider)).toEqual([]);
    expect(breaks(event, z.union([event, z.object({ type: z.literal('waiting') })]))).toEqual([]);
  });
});

describe('what breaks', () => {
  it.each<[string, ZodType, string]>([
    ['a new required field', page.extend({ dpi: z.number() }), 'dpi: is required, and may be missing'],
    ['a word less', page.extend({ source: z.enum(['ocr']) }), 'source: "text" is not read'],
    ['another version', page.extend({ version: z.literal(2) }), 'version: 1 is not read'],
    ['another type', page.extend({ name: z.number().optional() }), 'name: string was written, and now number is read'],
    ['a closer limit', page.extend({ number: z.number().int().min(1).max(50) }), 'number: maximum is 50, and was 100'],
    [
      'a pattern',
      page.extend({ name: z.string().max(20).regex(/^a/).optional() }),
      'name: pattern is "^a", and was not set',
    ],
    [
      'a field of an item',
      page.extend({ boxes: z.array(z.object({ x: z.number(), y: z.number() })) }),
      'boxes[].y: is required, and may be missing',
    ],
    [
      'values of a record',
      page.extend({ counts: z.record(z.string(), z.string()).optional() }),
      'counts.*: number was written, and now string is read',
    ],
  ])('%s', (_, later, sentence) => {
    expect(breaks(page, later).join('\n')).toContain(sentence);
  });

  it('a field that a strict reader does not know', () => {
    expect(
      breaks(z.strictObject({ tier: z.string(), speed: z.string() }), z.strictObject({ tier: z.string() })),
    ).toEqual(['speed: is written, and its reader refuses it']);
  });

  it('in one branch of a union, named by its place', () => {
    const later = z.discriminatedUnion('type', [
      z.object({ type: z.literal('read'), page: page.extend({ dpi: z.number() }) }),
      z.object({ type: z.literal('failed'), reason: z.string() }),
    ]);
    expect(breaks(event, later)).toEqual(['page.dpi: is required, and may be missing']);
    expect(breaks(z.union([event, z.object({ type: z.literal('waiting') })]), event)).toContain(
      'type: "waiting" is not read',
    );
    expect(breaks(z.object({ any: z.unknown() }), z.object({ any: z.string() }))).toEqual([
      'any: anything was written, and now only some is read',
    ]);
  });
});
