import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { serviceNames, tenantSchema, type ServiceName, type Tenant } from '@waybill/contracts';
import { natsAccounts } from '@waybill/identity';
import type { Run } from '../command-runner.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';

interface NatsAuthOptions {
  readonly tenants: readonly Tenant[];
  readonly out: string;
}

export function registerNatsAuth(program: Command, run: Run): void {
  program
    .command('nats-auth')
    .description(
      'Write the accounts of a nats-server, and an nkey for every service and tenant; seeds that are there stay',
    )
    .requiredOption('--tenants <names>', 'separated by commas', parseTenants)
    .option('--out <folder>', 'where to', 'nats-auth')
    .action(run(writeNatsAuth));
}

async function writeNatsAuth(session: Session, { tenants, out }: NatsAuthOptions): Promise<ExitCode> {
  const folder = session.resolvePath(out);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const users: Record<string, string> = {};
  for (const name of ['operator', ...serviceNames, ...tenants.map((tenant) => `tenant-${tenant}`)]) {
    users[name] = await publicHalf(join(folder, `${name}.nk`));
  }
  const publicKeyOf = (name: string): string => users[name] ?? '';
  const accounts = natsAccounts({
    operator: publicKeyOf('operator'),
    services: Object.fromEntries(serviceNames.map((name) => [name, publicKeyOf(name)])) as Record<ServiceName, string>,
    tenants: new Map(tenants.map((tenant) => [tenant, publicKeyOf(`tenant-${tenant}`)])),
  });
  const file = join(folder, 'accounts.conf');
  await writeFile(file, `${JSON.stringify({ accounts }, null, 2).slice(2, -2)}\n`, { mode: 0o600 });
  const { terminal } = session;
  terminal.printJson({ accounts: file, users });
  terminal.print(`${terminal.colours.green('✓')} ${file}`);
  terminal.note(
    'Include it in the configuration of nats-server; give each service its seed in WAYBILL_NATS_NKEY_FILE.',
  );
  return exitCodes.ok;
}

/** Makes a seed, readable by its owner only, unless there is one. */
async function publicHalf(path: string): Promise<string> {
  const { createNkey, publicNkeyOf } = await import('../access/nkeys.js');
  const kept = await readFile(path, 'utf8').catch(() => undefined);
  if (kept !== undefined) return publicNkeyOf(kept);
  const { publicKey, seed } = createNkey();
  await writeFile(path, `${seed}\n`, { mode: 0o600 });
  return publicKey;
}

function parseTenants(text: string): Tenant[] {
  const parsed = text.split(',').map((name) => tenantSchema.safeParse(name.trim()));
  const names = parsed.flatMap(({ data }) => data ?? []);
  if (names.length === parsed.length && names.length > 0) return names;
  throw new InvalidArgumentError(`Name tenants, separated by commas: ${tenantRule}.`);
}

const tenantRule = 'lower-case letters, digits and hyphens, at most 48 each';
