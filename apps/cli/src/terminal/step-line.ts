import { RedrawnRows } from './redrawn-rows.js';
import type { Terminal } from './terminal.js';

/** What is being done at this moment, as one line that the next step replaces; plain lines where nothing is redrawn. */
export class StepLine {
  #row: RedrawnRows | undefined;

  constructor(private readonly terminal: Terminal) {}

  readonly step = (sentence: string): void => {
    const text = this.terminal.noteColours.dim(`· ${sentence}`);
    if (!this.terminal.redraws) {
      this.terminal.note(text);
      return;
    }
    this.#row ??= new RedrawnRows(this.terminal, 1);
    this.#row.set(0, text);
  };

  /** Like a step, but not worth a line of its own where nothing is redrawn. */
  update(sentence: string): void {
    if (this.terminal.redraws) this.step(sentence);
  }

  readonly trouble = (sentence: string): void => {
    this.terminal.note(`${this.terminal.noteColours.yellow('!')} ${sentence}`);
  };

  /** Ends the line with what has been reached. */
  done(sentence: string): void {
    const text = `${this.terminal.noteColours.green('✓')} ${sentence}`;
    if (this.#row === undefined) this.terminal.note(text);
    else this.#row.set(0, text);
    this.close();
  }

  /** Gives the cursor back. May be called twice. */
  close(): void {
    this.#row?.close();
    this.#row = undefined;
  }
}
