import type { Command } from 'commander';
import type { ExitCode } from './exit-code.js';
import { Session, type GlobalOptions, type Host } from './session.js';

/** Turns what a command does with its session into an action for commander; the answer is the exit code. */
export type Run = <Arguments extends unknown[], Options extends object>(
  work: (session: Session, options: Options, ...rest: Arguments) => Promise<ExitCode>,
) => (...parameters: unknown[]) => Promise<void>;

/** Gives each command a session of its own and closes it. `finish` receives the exit code. */
export function runnerFor(host: Host, finish: (code: ExitCode) => void): Run {
  return <Arguments extends unknown[], Options extends object>(
    work: (session: Session, options: Options, ...rest: Arguments) => Promise<ExitCode>,
  ) => {
    return async (...parameters: unknown[]): Promise<void> => {
      // Commander passes the arguments, then the options, then the command itself.
      const command = parameters.at(-1) as Command;
      const options = command.optsWithGlobals<GlobalOptions & Options>();
      const session = new Session(host, options);
      try {
        finish(await work(session, options, ...(parameters.slice(0, -2) as Arguments)));
      } finally {
        await session.close();
      }
    };
  };
}
