import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { writeFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { tiffFile } from '../reading/tiff-file.js';
import { tesseractEnvironment, type TesseractCall } from './tesseract-call.js';
import { tesseractFailure, timeoutOf } from './tesseract-failure.js';
import type { TesseractCommand } from './tesseract-process.js';

/** How a standing process is started. */
export interface StandingOptions {
  /** The program, and what stands before the settings: `stdbuf -oL tesseract - -`. */
  readonly command: TesseractCommand;
  readonly settings: readonly string[];
  /** Pictures are handed over in it; only this user may look into it. */
  readonly folder: string;
  /** A picture with nothing on it: its row in the table says that the one before is done. */
  readonly blank: string;
}

type Exit = number | Error | null;

let pictures = 0;

/**
 * A `tesseract` process that stays for the next picture, because loading the network takes longer than reading a small one.
 * It is told the names of pictures, a line each, and writes a table of words for each; pages are numbered from 1. One
 * reading at a time.
 */
export class StandingTesseract {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #exit: Promise<Exit>;
  readonly #options: StandingOptions;
  #isOver = false;
  #pages = 0;
  #table = '';
  #complaint = '';
  #heard: () => void = () => undefined;

  constructor(options: StandingOptions) {
    this.#options = options;
    const [program, ...before] = options.command;
    this.#child = spawn(program, [...before, ...options.settings, '-c', 'stream_filelist=1'], {
      env: tesseractEnvironment(),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      this.#table += chunk;
      this.#heard();
    });
    this.#child.stderr.setEncoding('utf8').on('data', (chunk: string) => (this.#complaint += chunk));
    // A process that ends closes its input; how it ended says more.
    this.#child.stdin.on('error', () => undefined);
    this.#exit = new Promise<Exit>((resolve) => this.#child.once('error', resolve).once('close', resolve)).finally(
      () => (this.#isOver = true),
    );
  }

  /** Whether it can read another picture. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Pictures read so far. */
  get readings(): number {
    return this.#pages / 2;
  }

  /**
   * Reads a picture. The process is ended when the time is over or the signal aborts.
   * @throws StageError as `tesseractFailure` and `timeoutOf` say, or the signal's own reason
   */
  async read({ picture, timeoutMs, signal }: Omit<TesseractCall, 'settings'>): Promise<string> {
    const limit = AbortSignal.timeout(timeoutMs);
    const file = join(this.#options.folder, `${(pictures += 1)}.tif`);
    const end = (): void => this.end();
    for (const each of [limit, signal]) each.addEventListener('abort', end, { once: true });
    try {
      await writeFile(file, tiffFile(picture), { mode: 0o600 });
      signal.throwIfAborted();
      const read = await Promise.race([this.#tableOf(file), this.#exit.then((exit) => ({ exit }))]);
      signal.throwIfAborted();
      if (typeof read === 'string') return read;
      throw limit.aborted ? timeoutOf(timeoutMs) : tesseractFailure(read.exit, this.#complaint);
    } catch (error) {
      // What it is doing is no longer known; and an abort before the process began has ended nothing yet.
      this.end();
      throw error;
    } finally {
      for (const each of [limit, signal]) each.removeEventListener('abort', end);
      await rm(file, { force: true });
    }
  }

  /** Ends the process; may be called twice. */
  end(): void {
    this.#isOver = true;
    this.#child.kill('SIGKILL');
  }

  #tableOf(file: string): Promise<string> {
    [this.#table, this.#complaint] = ['', ''];
    this.#pages += 2;
    const [page, next] = [this.#pages - 1, this.#pages];
    const isDone = new RegExp(`^1\t${next}\t.*\n`, 'm');
    const ofPage = new RegExp(`^\\d\t${page}\t`);
    return new Promise((resolve) => {
      this.#heard = () => {
        if (!isDone.test(this.#table)) return;
        resolve(
          this.#table
            .split('\n')
            .filter((row) => ofPage.test(row))
            .join('\n'),
        );
      };
      this.#child.stdin.write(`${file}\n${this.#options.blank}\n`);
    });
  }
}
