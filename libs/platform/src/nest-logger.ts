import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Errors of a start that fails: whoever started the service says them once, as a sentence where there is one. */
const startContexts = new Set<unknown>(['ExceptionHandler', 'NestApplication']);

/** Nest's own messages as pino lines; the context that Nest appends to each call becomes a field. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  /** Nest says at start what it wires and maps; that is detail, so it goes one level down. */
  log(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write(startContexts.has(rest.at(-1)) ? 'debug' : 'error', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(level: 'trace' | 'debug' | 'warn' | 'error' | 'fatal', message: unknown, rest: unknown[]): void {
    const context = rest.at(-1);
    const [stack] = rest.length > 1 ? rest : [];
    const fields = {
      ...(typeof context === 'string' ? { context } : {}),
      ...(typeof stack === 'string' ? { stack } : {}),
      ...(message instanceof Error ? { err: message } : {}),
    };
    this.logger[level](fields, message instanceof Error ? message.message : String(message));
  }
}
