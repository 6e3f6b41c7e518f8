import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** How one document ended in the process that decodes. */
export interface DecodeEnd {
  /** `died` and `hung` are what must never happen to a service; `bug` is an error that nobody has translated. */
  readonly outcome: 'read' | 'refused' | 'bug' | 'died' | 'hung';
  readonly code?: string;
  readonly says: string;
  readonly ms: number;
  readonly peakMb: number;
}

const limits = {
  WAYBILL_MAX_PIXELS: '20000000',
  WAYBILL_MAX_UNPACKED_BYTES: '20000000',
  WAYBILL_MAX_PDF_MEMORY_BYTES: String(128 * 1_048_576),
  WAYBILL_INSPECT_TIMEOUT_MS: '30000',
  WAYBILL_PAGE_TIMEOUT_MS: '30000',
};
/** Looking, and three pages, each to its limit; what takes longer is held by no limit. */
const patienceMs = 180_000;
/** Pictures of 20 million pixels, in four channels and twice, beside what the process needs for itself. */
export const mostMb = 1_200;

/** Decodes documents in a process of its own, which is replaced when it does not survive one. */
export class DecodingProcess {
  private child: ChildProcess | undefined;

  async decode(bytes: Buffer, name: string): Promise<DecodeEnd> {
    const child = (this.child ??= this.start());
    return await new Promise<DecodeEnd>((resolve) => {
      const finish = (end: DecodeEnd): void => {
        clearTimeout(timer);
        child.off('message', finish).off('exit', die);
        if (end.outcome === 'died' || end.outcome === 'hung') this.child = undefined;
        resolve(end);
      };
      const nothing = { ms: 0, peakMb: 0 };
      const die = (code: number | null, signal: string | null): void =>
        finish({ ...nothing, outcome: 'died', says: `The process ended with ${signal ?? code}.` });
      const timer = setTimeout(() => {
        child.off('exit', die).kill('SIGKILL');
        finish({ ...nothing, outcome: 'hung', says: `Nothing after ${patienceMs} ms.` });
      }, patienceMs);
      child.on('message', finish).once('exit', die);
      child.send({ bytes, name });
    });
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (!child) return;
    this.child = undefined;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  private start(): ChildProcess {
    return fork(join(import.meta.dirname, 'decode-child.mjs'), {
      env: { ...process.env, ...limits },
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
  }
}
