import { drawBar } from './draw-bar.js';
import { count } from './format-event.js';
import { hasEnded, hasSucceeded, type JobProgress } from './job-progress.js';
import type { ProgressBoard } from './progress-board.js';
import { RedrawnRows } from './redrawn-rows.js';
import type { Terminal } from './terminal.js';

/** One bar over many jobs: how many have been handed over and ended, how many of these not well, pages so far. */
export class OneBar implements ProgressBoard {
  readonly #rows: RedrawnRows;
  readonly #latest = new Map<number, JobProgress>();

  constructor(
    private readonly terminal: Terminal,
    private readonly total: number,
  ) {
    this.#rows = new RedrawnRows(terminal, 1);
  }

  show(index: number, progress: JobProgress): void {
    this.#latest.set(index, progress);
    this.#rows.set(0, this.#row());
  }

  close(): void {
    this.#rows.close();
  }

  #row(): string {
    const colours = this.terminal.noteColours;
    const all = [...this.#latest.values()];
    const ended = all.filter(hasEnded);
    const bad = ended.filter((progress) => !hasSucceeded(progress)).length;
    const submitted = all.filter(({ phase }) => phase !== 'uploading').length;
    const pages = all.reduce((sum, { pagesDone }) => sum + pagesDone, 0);
    const parts = [
      `${submitted} submitted`,
      `${ended.length - bad} completed`,
      ...(bad > 0 ? [colours.red(`${bad} not`)] : []),
      count(pages, 'page'),
    ];
    const bar = drawBar(ended.length / this.total, 28, colours);
    return `${bar} ${ended.length}/${this.total} jobs  ${parts.join(colours.dim(' · '))}`;
  }
}
