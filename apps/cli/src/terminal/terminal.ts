import pc from 'picocolors';

/** picocolors' functions, which do nothing where colour is not wanted. */
export type Colours = ReturnType<typeof pc.createColors>;

/** The part of a writable stream that the terminal needs. */
export interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface TerminalOptions {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `json` writes nothing to stdout but JSON documents, and no progress. */
  readonly format: 'text' | 'json';
}

/** A file or a pipe breaks no lines, so what is written there may be wide. */
const columnsOfFiles = 140;

/**
 * Where a command writes. Answers go to stdout; progress, hints and refusals go to stderr, so that an answer can be
 * piped. In `json` format `print` and `note` are silent and `printJson` is the only voice.
 */
export class Terminal {
  readonly json: boolean;
  /** True when progress may be redrawn in place. */
  readonly redraws: boolean;
  readonly columns: number;
  readonly colours: Colours;
  readonly noteColours: Colours;
  #noteWriter: ((line: string) => void) | undefined;

  constructor(private readonly options: TerminalOptions) {
    const { stdout, stderr, environment } = options;
    this.json = options.format === 'json';
    this.redraws = !this.json && stderr.isTTY === true && environment.TERM !== 'dumb' && !environment.CI;
    this.columns = Math.max(60, stdout.columns ?? columnsOfFiles);
    this.colours = pc.createColors(wantsColour(stdout, environment));
    this.noteColours = pc.createColors(wantsColour(stderr, environment));
  }

  print(text: string): void {
    if (!this.json) this.options.stdout.write(`${text}\n`);
  }

  note(text: string): void {
    if (this.json) return;
    if (this.#noteWriter === undefined) this.options.stderr.write(`${text}\n`);
    else this.#noteWriter(`${text}\n`);
  }

  /** While rows are redrawn at the bottom of the terminal, notes go above them by way of who draws. */
  noteThrough(writer: ((line: string) => void) | undefined): void {
    this.#noteWriter = writer;
  }

  /** One JSON document: indented for a person, on one line where several follow each other. */
  printJson(value: unknown, layout: 'document' | 'line' = 'document'): void {
    if (!this.json) return;
    this.options.stdout.write(`${JSON.stringify(value, null, layout === 'document' ? 2 : undefined)}\n`);
  }

  /** Content that was asked for as it is, in either format: Markdown, HTML, text, a stored result. */
  write(content: string): void {
    this.options.stdout.write(content.endsWith('\n') ? content : `${content}\n`);
  }

  /** The sentence of a refusal; in `json` format an object with the same sentence and the exit code. */
  refuse(sentence: string, exitCode: number): void {
    const red = this.noteColours.red;
    this.options.stderr.write(
      this.json ? `${JSON.stringify({ error: { message: sentence, exitCode } })}\n` : `${red('✗')} ${sentence}\n`,
    );
  }
}

/** NO_COLOR (any value but empty) wins, then FORCE_COLOR, then whether somebody is looking. */
function wantsColour(stream: TextStream, environment: TerminalOptions['environment']): boolean {
  if (environment.NO_COLOR) return false;
  if (environment.FORCE_COLOR) return environment.FORCE_COLOR !== '0';
  return stream.isTTY === true && environment.TERM !== 'dumb';
}
