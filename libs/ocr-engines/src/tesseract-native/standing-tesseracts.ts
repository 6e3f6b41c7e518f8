import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tiffFile } from '../reading/tiff-file.js';
import { StandingTesseract, type StandingOptions } from './standing-tesseract.js';
import type { TesseractCall } from './tesseract-call.js';

/** The command keeps what it took for its largest picture, and a little of each. */
const mostReadings = 500;
const retiringPixels = 16_000_000;
/** A process that waits holds about 60 MB. */
const mostIdleMs = 60_000;
const blankSide = 64;

interface Idle {
  readonly process: StandingTesseract;
  readonly timer: NodeJS.Timeout;
}

/** Standing processes by what they read with; as many as there are readings at once, and those that wait for the next. */
export class StandingTesseracts {
  readonly #command: StandingOptions['command'];
  readonly #idle = new Map<string, Idle[]>();
  #folder: Promise<string> | undefined;

  constructor(command: StandingOptions['command']) {
    this.#command = command;
  }

  /** As `StandingTesseract.read`, by a process with these settings. */
  async call({ settings, ...reading }: TesseractCall): Promise<string> {
    reading.signal.throwIfAborted();
    const standing = this.#take(settings) ?? (await this.#start(settings));
    const table = await standing.read(reading);
    const { width, height } = reading.picture;
    if (standing.readings >= mostReadings || width * height > retiringPixels) standing.end();
    else this.#keep(settings, standing);
    return table;
  }

  /** Ends all that wait; those under way end with their reading. May be called twice. */
  async close(): Promise<void> {
    for (const { process, timer } of [...this.#idle.values()].flat()) {
      clearTimeout(timer);
      process.end();
    }
    this.#idle.clear();
    const folder = await this.#folder;
    this.#folder = undefined;
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }

  #take(settings: readonly string[]): StandingTesseract | undefined {
    for (let idle = this.#waiting(settings).pop(); idle; idle = this.#waiting(settings).pop()) {
      clearTimeout(idle.timer);
      if (!idle.process.isOver) return idle.process;
    }
    return undefined;
  }

  #keep(settings: readonly string[], process: StandingTesseract): void {
    if (this.#folder === undefined) return process.end();
    const waiting = this.#waiting(settings);
    const timer = setTimeout(() => {
      process.end();
      waiting.splice(0, waiting.length, ...waiting.filter((idle) => idle.process !== process));
    }, mostIdleMs).unref();
    waiting.push({ process, timer });
  }

  #waiting(settings: readonly string[]): Idle[] {
    const key = settings.join(' ');
    const waiting = this.#idle.get(key) ?? [];
    this.#idle.set(key, waiting);
    return waiting;
  }

  async #start(settings: readonly string[]): Promise<StandingTesseract> {
    this.#folder ??= folderWithBlank();
    const folder = await this.#folder;
    return new StandingTesseract({ command: this.#command, settings, folder, blank: blankIn(folder) });
  }
}

const blankIn = (folder: string): string => join(folder, 'blank.tif');

async function folderWithBlank(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-pictures-'));
  const data = new Uint8Array(blankSide * blankSide).fill(255);
  await writeFile(blankIn(folder), tiffFile({ data, width: blankSide, height: blankSide }));
  return folder;
}
