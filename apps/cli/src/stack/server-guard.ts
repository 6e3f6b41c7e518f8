import type { EmbeddedServer } from '@waybill/embedded-servers';
import { retryDelayMs, type RetryPolicy } from '@waybill/jobs';
import { processIsAlive } from './process-identity.js';

const lookEveryMs = 1_000;
const restartPolicy: RetryPolicy = { baseMs: 500, maxMs: 30_000, factor: 2, jitter: 0.2 };

/**
 * Looks after an embedded server: starts it again on the same port and data when its process has gone. Services
 * reconnect by themselves.
 */
export class ServerGuard {
  #timer: NodeJS.Timeout | undefined;
  #restarting: Promise<void> = Promise.resolve();
  #stopped = false;
  #failures = 0;

  constructor(
    private readonly name: string,
    private readonly server: Pick<EmbeddedServer, 'pid' | 'restart' | 'stop'>,
    private readonly report: (sentence: string) => void,
  ) {
    this.#lookAgainIn(lookEveryMs);
  }

  /** Ends the watch, then the server. May be called twice. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#restarting;
    await this.server.stop();
  }

  #lookAgainIn(delayMs: number): void {
    this.#timer = setTimeout(() => {
      this.#restarting = this.#look();
    }, delayMs);
  }

  async #look(): Promise<void> {
    const { pid } = this.server;
    if (pid !== undefined && processIsAlive(pid)) {
      this.#failures = 0;
      this.#lookAgainIn(lookEveryMs);
      return;
    }
    this.report(`${this.name} stopped by itself. Starting it again.`);
    try {
      await this.server.restart();
      this.report(`${this.name} is back.`);
      this.#lookAgainIn(lookEveryMs);
    } catch (error) {
      this.#failures += 1;
      this.report(error instanceof Error ? error.message : String(error));
      this.#lookAgainIn(retryDelayMs(this.#failures, restartPolicy, Math.random()));
    }
    if (this.#stopped) clearTimeout(this.#timer);
  }
}
