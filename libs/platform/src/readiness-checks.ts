import { setTimeout as delay } from 'node:timers/promises';

/** Resolves when the thing works; rejects with a sentence when it does not. */
export type ReadinessCheck = () => void | Promise<void>;

export interface CheckReport {
  readonly name: string;
  readonly ready: boolean;
  readonly reason?: string;
  /** `useful`: the service does part of its work without it, and is sent work. */
  readonly need?: 'useful';
}

export interface ReadinessReport {
  readonly status: 'ready' | 'not-ready';
  readonly checks: readonly CheckReport[];
}

/** Whether a service can be sent work without it. */
export type Need = 'required' | 'useful';

const checkTimeoutMs = 2_000;

/**
 * What must work for this service to be sent work. Adapters register their checks here at start
 * (`nats`, `handlers`, `postgres`), and `/readyz` asks them all.
 */
export class ReadinessChecks {
  private readonly checks = new Map<string, { readonly check: ReadinessCheck; readonly need: Need }>();
  private draining = false;

  /** A second check under the same name replaces the first. */
  register(name: string, check: ReadinessCheck, need: Need = 'required'): void {
    this.checks.set(name, { check, need });
  }

  /** From now on the service is not ready: it finishes what it holds and takes nothing new. */
  startDraining(): void {
    this.draining = true;
  }

  async report(): Promise<ReadinessReport> {
    const checks: CheckReport[] = await Promise.all(
      [...this.checks].map(async ([name, { check, need }]) => ({
        ...(await runCheck(name, check)),
        ...(need === 'useful' ? { need } : {}),
      })),
    );
    if (this.draining) checks.push({ name: 'running', ready: false, reason: 'The service is stopping.' });
    return { status: checks.every(({ ready, need }) => ready || need === 'useful') ? 'ready' : 'not-ready', checks };
  }
}

async function runCheck(name: string, check: ReadinessCheck): Promise<CheckReport> {
  const stopTimer = new AbortController();
  const late = delay(checkTimeoutMs, undefined, { signal: stopTimer.signal, ref: false }).then(
    () => Promise.reject(new Error(`No answer within ${checkTimeoutMs} ms.`)),
    () => undefined,
  );
  try {
    await Promise.race([Promise.resolve().then(check), late]);
    return { name, ready: true };
  } catch (error) {
    return { name, ready: false, reason: error instanceof Error ? error.message : String(error) };
  } finally {
    stopTimer.abort();
  }
}
