import type { JobEventView } from '@waybill/contracts';
import { formatEvent } from './format-event.js';
import { hasEnded, type JobProgress } from './job-progress.js';
import type { ProgressBoard } from './progress-board.js';
import type { Terminal } from './terminal.js';

/** Progress as plain lines, for logs and pipes. */
export class LinePerEvent implements ProgressBoard {
  readonly #width: number;

  constructor(
    private readonly terminal: Terminal,
    labels: readonly string[],
    private readonly lines: 'events' | 'endings',
  ) {
    this.#width = Math.max(...labels.map((label) => label.length), 0);
  }

  show(_index: number, progress: JobProgress, event?: JobEventView): void {
    const wanted = this.lines === 'events' || hasEnded(progress);
    if (!wanted) return;
    const colours = this.terminal.noteColours;
    const label = progress.label.padEnd(this.#width);
    if (event !== undefined) this.terminal.note(`${label}  ${formatEvent(event, colours)}`);
    else if (progress.phase === 'refused') this.terminal.note(`${label}  ${colours.red('✗')} ${progress.reason ?? ''}`);
  }

  close(): void {
    // Lines need no end.
  }
}
