import type { Logger } from 'pino';

/** What a handler knows of the message it is given, beside the payload. */
export interface MessageContext {
  readonly stream: string;
  readonly sequence: number;
  readonly subject: string;
  readonly publishedAt: Date;
  /** 1 on the first run; deferrals and drains are not counted. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** True when this delivery is not the first: finished work may already exist. */
  readonly redelivered: boolean;
  /** Aborts at the job's deadline, when its cancellation is requested, and at the end of the drain budget. */
  readonly signal: AbortSignal;
  readonly log: Logger;
}
