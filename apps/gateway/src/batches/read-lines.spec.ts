import { describe, expect, it } from '@jest/globals';
import { windowMs } from './batch-request.js';
import { isProblem, readBatchLine } from './read-batch-line.js';
import { readLines } from './read-lines.js';

async function linesOf(text: string, chunkBytes: number, mostBytes = 100): Promise<[number, string][]> {
  const bytes = Buffer.from(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunkBytes) }, (_, index) =>
    bytes.subarray(index * chunkBytes, (index + 1) * chunkBytes),
  );
  const lines: [number, string][] = [];
  for await (const { line, bytes: found } of readLines(chunks as unknown as AsyncIterable<Buffer>, mostBytes)) {
    lines.push([line, found.toString()]);
  }
  return lines;
}

describe('lines of a file', () => {
  it.each([1, 2, 3, 7, 100])('are the same in chunks of %d bytes, and numbered as editors do', async (chunkBytes) => {
    expect(await linesOf('first\n\n  \r\nthïrd\nlast', chunkBytes)).toEqual([
      [1, 'first'],
      [4, 'thïrd'],
      [5, 'last'],
    ]);
  });

  it('are refused by their number when they are too long, wherever the chunks end', async () => {
    for (const chunkBytes of [1, 5, 1_000]) {
      await expect(linesOf(`a\n${'b'.repeat(101)}\n`, chunkBytes)).rejects.toThrow('Line 2');
    }
  });
});

describe('a line of a batch', () => {
  const line = { custom_id: 'a', method: 'POST', url: '/v1/chat/completions' };
  const read = (text: string) => readBatchLine({ line: 7, bytes: Buffer.from(text) });

  it('gives its body byte by byte', () => {
    const body = '{ "model":"m",  "messages":[ {"role":"user","content":"\\u00e9"} ] }';
    const found = read(`{"body":${body},${JSON.stringify(line).slice(1)}\r`);
    expect(isProblem(found)).toBe(false);
    expect(!isProblem(found) && found.body.toString()).toBe(body);
  });

  it.each([
    ['{', 'invalid_json', null],
    [JSON.stringify({ ...line, custom_id: 3, body: {} }), 'invalid_request', 'custom_id'],
    [JSON.stringify({ ...line, method: 'GET', body: {} }), 'invalid_request', 'method'],
    [JSON.stringify({ ...line, url: '/v1/embeddings', body: {} }), 'invalid_request', 'url'],
    [JSON.stringify(line), 'invalid_request', 'body'],
    [JSON.stringify({ ...line, body: 'x' }), 'invalid_json', null],
    [JSON.stringify({ ...line, body: { model: 'm' } }), 'invalid_request', 'messages'],
  ])('that is wrong is told with its number: %s', (text, code, param) => {
    expect(read(text)).toMatchObject({ line: 7, code, param });
  });
});

describe('a completion window', () => {
  it('is a whole number of minutes, hours or days, of up to five days', () => {
    expect(['24h', '30m', '5d', '121h', '6d', '0h', '1.5h', '24', ''].map(windowMs)).toEqual([
      ...[86_400_000, 1_800_000, 432_000_000],
      ...[undefined, undefined, undefined, undefined, undefined, undefined],
    ]);
  });
});
