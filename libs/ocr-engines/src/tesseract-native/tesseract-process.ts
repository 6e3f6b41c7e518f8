import { spawn } from 'node:child_process';
import { tiffFile } from '../reading/tiff-file.js';
import { tesseractEnvironment, type TesseractCall } from './tesseract-call.js';
import { tesseractFailure, timeoutOf } from './tesseract-failure.js';

/** How a process for one reading is started: the program, and what stands before the settings. */
export type TesseractCommand = readonly [program: string, ...arguments: string[]];

/**
 * Runs the command once and gives its standard output. The picture goes to its standard input. The process is ended at the
 * limit and when the signal aborts, and never outlives the answer.
 * @throws StageError `timeout` (retryable), `unreadable-page`, `unavailable` (retryable) when it cannot be started; or the
 * signal's own reason
 */
export async function runTesseract(
  [program, ...before]: TesseractCommand,
  { settings, picture, timeoutMs, signal }: TesseractCall,
): Promise<string> {
  signal.throwIfAborted();
  const limit = AbortSignal.timeout(timeoutMs);
  const child = spawn(program, [...before, ...settings], {
    env: tesseractEnvironment(),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const end = (): void => void child.kill('SIGKILL');
  for (const each of [limit, signal]) each.addEventListener('abort', end, { once: true });
  const [answer, complaint]: Buffer[][] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => answer?.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => complaint?.push(chunk));
  // A process that ends before it has read everything closes its input; how it ended says more.
  child.stdin.on('error', () => undefined);
  const [header, pixels] = tiffFile(picture);
  child.stdin.write(header);
  child.stdin.end(pixels);
  const exit = await new Promise<number | Error | null>((resolve) => {
    child.once('error', resolve);
    child.once('close', resolve);
  });
  for (const each of [limit, signal]) each.removeEventListener('abort', end);
  signal.throwIfAborted();
  if (exit === 0) return Buffer.concat(answer ?? []).toString('utf8');
  throw limit.aborted ? timeoutOf(timeoutMs) : tesseractFailure(exit, Buffer.concat(complaint ?? []).toString('utf8'));
}
