import { EmbeddedServerError } from './embedded-server-error.js';
import { ServerStartFailure } from './server-process.js';

export interface StartAttempt {
  readonly title: string;
  readonly port: number;
  readonly dataDir: string;
  readonly logFile: string;
}

/** The port was taken: another port may be tried. */
class PortTakenError extends EmbeddedServerError {}

export const isPortTaken = (error: unknown): boolean => error instanceof PortTakenError;

/** Turns a server that ended instead of starting into a sentence; other errors come back as they are. */
export function startRefusal(error: unknown, attempt: StartAttempt): unknown {
  if (!(error instanceof ServerStartFailure)) return error;
  const { title, port, dataDir, logFile } = attempt;
  const said = error.lines.join('\n');
  if (/address already in use/i.test(said)) {
    return new PortTakenError(
      `Port ${port} of 127.0.0.1 is taken, so ${title} cannot listen there; stop what uses it or choose another port.`,
    );
  }
  if (/no space left|disk quota/i.test(said)) {
    return new EmbeddedServerError(`${title} cannot start in ${dataDir}: the disk is full; make room on it.`);
  }
  if (/permission denied/i.test(said)) {
    return new EmbeddedServerError(
      `${title} may not use ${dataDir} or port ${port}; give your user access to the folder, or choose others.`,
    );
  }
  const reason = error.lines.findLast((line) => /\[FTL\]|FATAL|PANIC|error/i.test(line)) ?? error.lines.at(-1);
  return new EmbeddedServerError(`${title} did not start (${reason?.trim() ?? error.message}); its log is ${logFile}.`);
}
