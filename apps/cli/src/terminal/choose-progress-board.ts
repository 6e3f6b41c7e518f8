import { BarPerJob } from './bar-per-job.js';
import { LinePerEvent } from './line-per-event.js';
import { OneBar } from './one-bar.js';
import type { ProgressBoard } from './progress-board.js';
import type { Terminal } from './terminal.js';

const rowsThatFit = 16;

/**
 * Bars where the terminal can redraw: one a job for a few, one for all for many. Elsewhere plain lines: one an event
 * with `events`, one a finished job with `endings`.
 */
export function chooseProgressBoard(
  terminal: Terminal,
  labels: readonly string[],
  lines: 'events' | 'endings',
): ProgressBoard {
  if (terminal.json) return { show: () => undefined, close: () => undefined };
  if (!terminal.redraws) return new LinePerEvent(terminal, labels, lines);
  return labels.length <= rowsThatFit ? new BarPerJob(terminal, labels) : new OneBar(terminal, labels.length);
}
