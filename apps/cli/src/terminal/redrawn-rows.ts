import { MultiBar, type SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.js';

/** Lines at the bottom of a terminal that are drawn again in place, at most `framesPerSecond` times a second. */
export class RedrawnRows {
  readonly #bars = new MultiBar({
    format: (_options: unknown, _params: unknown, payload: { row: string }) => payload.row,
    stream: process.stderr,
    hideCursor: true,
    // Ctrl-C is the command's to handle: it ends the display and says what has become of the jobs.
    gracefulExit: false,
    linewrap: false,
    fps: 15,
  });
  readonly #rows: readonly SingleBar[];

  constructor(
    private readonly terminal: Terminal,
    count: number,
  ) {
    this.#rows = Array.from({ length: count }, () => this.#bars.create(1, 0, { row: '' }));
    terminal.noteThrough((line) => this.#bars.log(line));
  }

  set(index: number, row: string): void {
    this.#rows[index]?.update(0, { row });
  }

  /** Draws the last state, and gives the cursor back. May be called twice. */
  close(): void {
    if (!this.#bars.isActive) return;
    // Drawn while line wrapping is still off: afterwards cli-progress cuts lines by counting colour codes as text.
    this.#bars.update();
    this.#bars.stop();
    this.terminal.noteThrough(undefined);
  }
}
