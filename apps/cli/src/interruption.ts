import { CliError } from './cli-error.js';
import { exitCodes } from './exit-code.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type StopSignal = (typeof signals)[number];

/** One Ctrl-C may arrive twice: from the terminal, and passed on by npm, which got it, too. */
const sameWishMs = 1_000;

/**
 * Ctrl-C and its relatives as an AbortSignal. Only a command that has something to put in order asks for it; the
 * others end as any program does. A signal more than a second after the first calls `onImpatience`, for those who do not
 * want to wait.
 */
export class Interruption {
  readonly #controller = new AbortController();
  #listening = false;
  #received: StopSignal | undefined;
  #receivedAtMs = 0;
  onImpatience: () => void = () => process.exit(exitCodes.interrupted);

  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  /** Starts to listen at the first call. */
  get signal(): AbortSignal {
    if (!this.#listening) {
      this.#listening = true;
      for (const name of signals) process.on(name, this.#receive);
    }
    return this.#controller.signal;
  }

  /** What interrupted, if anything has. */
  get received(): StopSignal | undefined {
    return this.#received;
  }

  dispose(): void {
    for (const name of signals) process.off(name, this.#receive);
    this.#listening = false;
  }

  readonly #receive = (name: StopSignal): void => {
    if (this.#received !== undefined) {
      if (this.nowMs() - this.#receivedAtMs > sameWishMs) this.onImpatience();
      return;
    }
    this.#received = name;
    this.#receivedAtMs = this.nowMs();
    this.#controller.abort(new CliError(exitCodes.interrupted, 'Interrupted.'));
  };
}
