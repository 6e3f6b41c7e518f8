import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { NestLogger } from './nest-logger.js';

const written = (write: (logger: NestLogger) => void): Record<string, unknown>[] => {
  const lines: string[] = [];
  write(new NestLogger(pino({ level: 'debug', base: null, timestamp: false }, { write: (line) => lines.push(line) })));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
};

describe('NestLogger', () => {
  it('writes a message with its context', () => {
    expect(written((logger) => logger.warn('Careful', 'Router'))).toEqual([
      { level: 40, context: 'Router', msg: 'Careful' },
    ]);
  });

  it('writes an error with its stack', () => {
    expect(written((logger) => logger.error('Broken', 'at here', 'Router'))).toEqual([
      { level: 50, context: 'Router', stack: 'at here', msg: 'Broken' },
    ]);
    expect(written((logger) => logger.error(new Error('Broken'), 'Router'))[0]).toMatchObject({
      err: { message: 'Broken' },
    });
  });

  it('leaves what Nest says of a start, good or bad, to the details', () => {
    const lines = written((logger) => {
      logger.log('Mapped {/v1/jobs, POST} route', 'RouterExplorer');
      logger.error(new Error('connect ECONNREFUSED'), 'ExceptionHandler');
      logger.error('Error: listen EADDRINUSE', 'NestApplication');
    });
    expect(lines.map(({ level }) => level)).toEqual([20, 20, 20]);
  });
});
