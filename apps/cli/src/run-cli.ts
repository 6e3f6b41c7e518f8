import { CommanderError } from 'commander';
import { CliError } from './cli-error.js';
import { exitCodes, type ExitCode } from './exit-code.js';
import { buildProgram } from './program.js';
import type { Host } from './session.js';
import { Terminal } from './terminal/terminal.js';

/**
 * Runs one command line (without the program's own name) and says what to exit with. Nothing is thrown: a refusal is
 * printed as its sentence, anything unforeseen as a bug.
 */
export async function runCli(parameters: readonly string[], host: Host): Promise<ExitCode> {
  let code: ExitCode = exitCodes.ok;
  const program = buildProgram(host, (finished) => {
    code = finished;
  });
  try {
    await program.parseAsync([...parameters], { from: 'user' });
    return code;
  } catch (error) {
    // Commander has printed its own sentence already, and help and version are not mistakes.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    return refuse(error, parameters, host);
  }
}

async function refuse(error: unknown, parameters: readonly string[], host: Host): Promise<ExitCode> {
  const terminal = new Terminal({ ...host, format: parameters.includes('--json') ? 'json' : 'text' });
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const exitCode = error instanceof CliError ? error.exitCode : await exitCodeOfForeignError(error);
  const isUnforeseen = exitCode === exitCodes.bug && !(error instanceof CliError);
  const sentence = isUnforeseen
    ? `Something unforeseen happened, which is a bug in Waybill; please report it with this:\n${stack ?? message}`
    : message;
  terminal.refuse(sentence, exitCode);
  return exitCode;
}

/** The rooms behind those errors are loaded only when there is one: most commands start without them. */
async function exitCodeOfForeignError(error: unknown): Promise<ExitCode> {
  const { exitCodeOfError } = await import('./exit-code-of-error.js');
  return exitCodeOfError(error);
}
