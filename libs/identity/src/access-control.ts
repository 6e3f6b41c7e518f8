import type { Caller, Presented } from './caller.js';

/** Finds out who makes a request. */
export interface AccessControl {
  /** @throws AccessRefusal */
  identify(presented: Presented): Promise<Caller>;
  /** Counts a request that was not identified here. @throws AccessRefusal `limited` */
  count(caller: Pick<Caller, 'tenant' | 'credential'>): Promise<void>;
  /** May be called twice. */
  close(): Promise<void>;
}
