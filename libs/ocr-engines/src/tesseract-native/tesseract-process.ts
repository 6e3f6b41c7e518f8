import { spawn } from 'node:child_process';
import { StageError } from '@waybill/jobs';

/** What one run of the command is given. */
export interface TesseractRun {
  readonly command: string;
  readonly arguments: readonly string[];
  /** The picture, as it goes to its standard input. */
  readonly input: Uint8Array;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Its own sentences are kept as far as they may tell why a picture was refused. */
const keptComplaint = 2_000;

/**
 * Runs the command once and gives its standard output. It runs on one thread: with more, two pages at a time on two cores
 * take six times as long. The process is ended at the limit and when the signal aborts, and never outlives the answer.
 * @throws StageError `timeout` (retryable), `unreadable-page`, `unavailable` (retryable) when it cannot be started; or the
 * signal's own reason
 */
export async function runTesseract({
  command,
  arguments: given,
  input,
  timeoutMs,
  signal,
}: TesseractRun): Promise<string> {
  signal.throwIfAborted();
  const limit = AbortSignal.timeout(timeoutMs);
  const child = spawn(command, given, {
    env: { ...process.env, OMP_THREAD_LIMIT: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const end = (): void => void child.kill('SIGKILL');
  for (const each of [limit, signal]) each.addEventListener('abort', end, { once: true });
  const [answer, complaint]: Buffer[][] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => answer?.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => complaint?.push(chunk));
  // A process that ends before it has read everything closes its input; how it ended says more.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const exit = await new Promise<number | Error | null>((resolve) => {
    child.once('error', resolve);
    child.once('close', resolve);
  });
  for (const each of [limit, signal]) each.removeEventListener('abort', end);
  signal.throwIfAborted();
  if (exit === 0) return Buffer.concat(answer ?? []).toString('utf8');
  if (limit.aborted) {
    const sentence = `The limit of ${timeoutMs} ms for recognising the page was reached.`;
    throw new StageError('timeout', sentence, { retryable: true });
  }
  throw failureOf(
    exit,
    Buffer.concat(complaint ?? [])
      .toString('utf8')
      .slice(0, keptComplaint),
  );
}

function failureOf(exit: number | Error | null, complaint: string): StageError {
  if (typeof exit === 'object' && exit !== null) {
    return new StageError('unavailable', 'The tesseract command could not be started.', {
      retryable: true,
      cause: exit,
    });
  }
  if (exit === null) {
    return new StageError('worker-died', 'The tesseract command died on the page.', {
      retryable: true,
      cause: complaint,
    });
  }
  return new StageError('unreadable-page', 'The tesseract command could not read the picture of the page.', {
    cause: complaint,
  });
}
