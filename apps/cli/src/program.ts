import { Command, Option } from 'commander';
import type { ExitCode } from './exit-code.js';
import { registerBackup } from './commands/backup.js';
import { registerAudit } from './commands/audit.js';
import { registerBudget } from './commands/budget.js';
import { registerCancel } from './commands/cancel.js';
import { registerCatalog } from './commands/catalog.js';
import { registerDeadLetters } from './commands/dead-letters.js';
import { registerDemo } from './commands/demo.js';
import { registerDoctor } from './commands/doctor.js';
import { registerInspect } from './commands/inspect.js';
import { registerKeys } from './commands/keys.js';
import { registerJobs } from './commands/jobs.js';
import { registerNatsAuth } from './commands/nats-auth.js';
import { registerProvision } from './commands/provision.js';
import { registerPurge } from './commands/purge.js';
import { registerRebuild } from './commands/rebuild.js';
import { registerResult } from './commands/result.js';
import { registerRoute } from './commands/route.js';
import { registerSecrets } from './commands/secrets.js';
import { registerStatus } from './commands/status.js';
import { registerSubmit } from './commands/submit.js';
import { registerTrace } from './commands/trace.js';
import { registerUp } from './commands/up.js';
import { registerUsage } from './commands/usage.js';
import { registerWatch } from './commands/watch.js';
import { runnerFor } from './command-runner.js';
import type { Host } from './session.js';

const registrations = [
  registerDemo,
  registerUp,
  registerInspect,
  registerSubmit,
  registerStatus,
  registerResult,
  registerRoute,
  registerTrace,
  registerWatch,
  registerCancel,
  registerPurge,
  registerAudit,
  registerJobs,
  registerUsage,
  registerBudget,
  registerDeadLetters,
  registerCatalog,
  registerKeys,
  registerSecrets,
  registerNatsAuth,
  registerBackup,
  registerRebuild,
  registerProvision,
  registerDoctor,
];

/** The command line. `finish` receives the exit code of the command that ran. */
export function buildProgram(host: Host, finish: (code: ExitCode) => void): Command {
  const program = new Command('waybill')
    .description('Documents and images in, answers out. Runs the stack on this machine and talks to any that runs.')
    .option('--json', 'write JSON to stdout and nothing else')
    .option('--url <address>', 'where Waybill answers (else WAYBILL_URL, else the stack on the data folder)')
    .addOption(new Option('--data <folder>', 'data folder of the embedded stack').default(undefined, '.waybill/data'))
    .addOption(
      new Option('--tenant <name>', 'whose jobs (else WAYBILL_TENANT)')
        .env('WAYBILL_TENANT')
        .default(undefined, 'default'),
    )
    .showHelpAfterError('(add --help to see what is possible)')
    .configureOutput({
      writeOut: (text) => host.stdout.write(text),
      writeErr: (text) => host.stderr.write(text),
    })
    .exitOverride();
  const run = runnerFor(host, finish);
  for (const register of registrations) register(program, run);
  return program;
}
