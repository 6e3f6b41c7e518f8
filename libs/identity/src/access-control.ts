import type { Caller, Presented } from './caller.js';

/** Finds out who makes a request. */
export interface AccessControl {
  /** @throws AccessRefusal */
  identify(presented: Presented): Promise<Caller>;
  /** May be called twice. */
  close(): Promise<void>;
}
