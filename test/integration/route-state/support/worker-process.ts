import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CallIntent, CallLimits } from '@waybill/llm-routing';
import { builtFolder } from '../../../support/test-service.js';

/** Asks as often as it is told, holds what it gets, and never reports. */
const program = `
const { connect } = await import(process.argv[1]);
const { NatsRouteState } = await import(process.argv[2]);
const { url, limits, intent } = JSON.parse(process.argv[3]);
const silent = { warn() {}, info() {}, error() {} };
const meter = { record() {}, atScrape() {} };
const connection = await connect({ NATS_URL: url }, 'worker');
const clock = { now: () => new Date() };
const options = { limits: () => limits, clock, log: silent, meter, answerWithinMs: 30_000 };
const state = await NatsRouteState.open(connection, options);
process.on('message', async (times) => {
  const asked = await Promise.all(Array.from({ length: times }, () => state.admit(intent)));
  process.send(asked.filter(({ kind }) => kind === 'admitted').length);
});
process.send('ready');
`;

const built = (library: string): string => pathToFileURL(join(builtFolder, 'libs', library, 'src', 'index.js')).href;

/** A worker in a Node process of its own, from the built project. */
export class WorkerProcess {
  private constructor(private readonly child: ChildProcess) {}

  static async start(url: string, limits: CallLimits, intent: CallIntent): Promise<WorkerProcess> {
    const told = JSON.stringify({ url, limits, intent });
    const child = fork('--input-type=module', ['--eval', program, built('jetstream'), built('route-state'), told], {
      execArgv: [],
    });
    const ended = once(child, 'exit').then(([code]: unknown[]) =>
      Promise.reject(new Error(`It ended with ${String(code)}.`)),
    );
    await Promise.race([once(child, 'message'), ended]);
    ended.catch(() => undefined);
    return new WorkerProcess(child);
  }

  /** @returns how many of the calls were admitted */
  async ask(times: number): Promise<number> {
    const answer = once(this.child, 'message');
    this.child.send(times);
    const [admitted] = (await answer) as [number];
    return admitted;
  }

  /** SIGKILL. May be called twice. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }
}
