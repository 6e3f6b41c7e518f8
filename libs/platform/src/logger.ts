import { maskSecrets } from '@waybill/secrets';
import { pino, type Logger, type LoggerOptions } from 'pino';
import type { Environment } from './config.js';

/** Headers and fields that may carry credentials never reach a log line. */
const secretPaths = [
  'req.headers.authorization',
  'req.headers.cookie',
  'headers.authorization',
  '*.password',
  '*.secret',
  '*.apiKey',
];

/** One logger per process: JSON lines, pretty in a terminal, each with the service's name. */
export function createLogger(
  service: string,
  environment: Pick<Environment, 'WAYBILL_LOG_LEVEL' | 'WAYBILL_LOG_FORMAT'>,
): Logger {
  const pretty =
    environment.WAYBILL_LOG_FORMAT === 'pretty' ||
    (environment.WAYBILL_LOG_FORMAT === 'auto' && process.stdout.isTTY === true);
  const options: LoggerOptions = {
    level: environment.WAYBILL_LOG_LEVEL,
    base: { service },
    redact: { paths: secretPaths, censor: '[hidden]' },
    // Whatever field a key or token stands in, it is masked in the finished line.
    hooks: { streamWrite: maskSecrets },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  return pretty
    ? pino({ ...options, transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname', singleLine: true } } })
    : pino(options);
}
