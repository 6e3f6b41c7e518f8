import type { Command } from 'commander';
import type { Run } from '../command-runner.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';

export function registerDoctor(program: Command, run: Run): void {
  program
    .command('doctor')
    .description('Check what Waybill needs on this machine, and say what to do about what is missing')
    .action(run(doctor));
}

async function doctor(session: Session): Promise<ExitCode> {
  const { examine } = await import('../doctor/examine.js');
  const { describeFindings } = await import('../doctor/describe-findings.js');
  const findings = await examine(session);
  const failed = findings.some(({ verdict }) => verdict === 'fail');
  session.terminal.printJson({ healthy: !failed, findings });
  session.terminal.print(describeFindings(findings, session.terminal.colours));
  return failed ? exitCodes.jobFailed : exitCodes.ok;
}
