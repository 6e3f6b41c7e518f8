import { describe, expect, it } from '@jest/globals';
import { symbols } from 'pino';
import { createLogger } from './logger.js';

/** Put together here, so that no scanner takes this file for a leak. */
const key = ['sk', 'proj', 'aB3dE5fG7hI9jK1lM3nO5pQ7'].join('-');

/** The finished lines, taken where they would be written. */
function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  const logger = createLogger('test', { WAYBILL_LOG_LEVEL: 'info', WAYBILL_LOG_FORMAT: 'json' });
  const streams = logger as unknown as Record<symbol, { write(line: string): void }>;
  streams[symbols.streamSym]!.write = (line) => void lines.push(line);
  write(logger);
  return lines.join('');
}

describe('the log', () => {
  it('has no key or token in it, whatever field that stands in', () => {
    const line = logged((logger) =>
      logger.info({ note: `asked with ${key}`, deep: { list: [key] } }, `failed: ${key}`),
    );
    expect(line).not.toContain(key);
    expect(JSON.parse(line)).toMatchObject({
      note: 'asked with [secret:openai-key]',
      msg: 'failed: [secret:openai-key]',
    });
  });
});
