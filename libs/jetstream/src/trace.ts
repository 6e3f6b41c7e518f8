import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** The W3C Trace Context header; its value travels from a message to every message published while handling it. */
export const traceHeader = 'traceparent';

const current = new AsyncLocalStorage<string>();
const wellFormed = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

const hex = (): string => randomUUID().replaceAll('-', '');

const mint = (): string => `00-${hex()}-${hex().slice(16)}-01`;

/** The traceparent of what is being handled, or a fresh one outside of any. */
export const currentTraceparent = (): string => current.getStore() ?? mint();

/** The given traceparent when it is well formed, else a fresh one. */
export const traceparentFrom = (header: string | undefined): string =>
  header !== undefined && wellFormed.test(header) ? header : mint();

/** The 32 hex digits that all messages of one trace share. */
export const traceIdOf = (traceparent: string): string => traceparent.slice(3, 35);

/** Everything published inside `work` carries this traceparent. */
export const runWithTrace = <Result>(traceparent: string, work: () => Result): Result => current.run(traceparent, work);
