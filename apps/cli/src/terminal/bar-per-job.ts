import { drawBar } from './draw-bar.js';
import { fitText } from './fit-text.js';
import type { JobProgress } from './job-progress.js';
import type { ProgressBoard } from './progress-board.js';
import { RedrawnRows } from './redrawn-rows.js';
import { statusMark } from './status-mark.js';
import type { Terminal } from './terminal.js';

const longestLabel = 32;
const barWidth = 20;

/** One row a job: mark, name, bar, pages, phase. */
export class BarPerJob implements ProgressBoard {
  readonly #rows: RedrawnRows;
  readonly #labelWidth: number;

  constructor(
    private readonly terminal: Terminal,
    labels: readonly string[],
  ) {
    this.#labelWidth = Math.min(longestLabel, Math.max(...labels.map((label) => label.length)));
    this.#rows = new RedrawnRows(terminal, labels.length);
  }

  show(index: number, progress: JobProgress): void {
    this.#rows.set(index, this.#row(progress));
  }

  close(): void {
    this.#rows.close();
  }

  #row({ label, phase, pagesDone, pagesFailed, pagesTotal, reason }: JobProgress): string {
    const colours = this.terminal.noteColours;
    const share = pagesTotal === null || pagesTotal === 0 ? 0 : pagesDone / pagesTotal;
    const pages = pagesTotal === null ? '' : `${pagesDone}/${pagesTotal} ${pagesTotal === 1 ? 'page ' : 'pages'}`;
    const failed = pagesFailed > 0 ? ` ${pagesFailed} failed` : '';
    const name = fitText(label, this.#labelWidth).padEnd(this.#labelWidth);
    const before = `  ${name}  ${' '.repeat(barWidth)} ${pages.padStart(11)}  ${phase}${failed} `.length;
    const why = reason === undefined ? '' : ` ${colours.dim(fitText(reason, this.terminal.columns - before - 1))}`;
    return `${statusMark(phase, colours)} ${name}  ${drawBar(share, barWidth, colours)} ${pages.padStart(11)}  ${phase}${colours.red(failed)}${why}`;
  }
}
