import type { Command } from 'commander';
import { tenantSchema } from '@waybill/contracts';
import { CliError } from '../cli-error.js';
import type { Run } from '../command-runner.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';
import { count } from '../terminal/format-event.js';
import { formatTable } from '../terminal/format-table.js';

export function registerSecrets(program: Command, run: Run): void {
  const command = program.command('secrets').description('The keys that encrypt content where it is stored');
  command.command('new').description('Print a new master key; keep it apart from the data').action(run(newKey));
  command
    .command('status', { isDefault: true })
    .description('Which master key the data keys of each tenant are wrapped with')
    .action(run(status));
  command
    .command('rotate')
    .description('Wrap all data keys with the first master key given; the others are not needed any more then')
    .option('--data-keys', 'also make new data keys for what is stored from now on')
    .action(run(rotate));
  command
    .command('erase')
    .description(
      'Erase the data keys of the tenant of --tenant: nobody can read its content again, also not in backups',
    )
    .requiredOption('--confirm <tenant>', 'the name of the tenant once more')
    .action(run(erase));
}

async function newKey({ terminal }: Session): Promise<ExitCode> {
  const { newMasterKey } = await import('../access/data-keys.js');
  const key = newMasterKey();
  terminal.printJson({ key });
  terminal.print(key);
  terminal.note('Keep it where no backup of the data goes: without it nothing that it encrypts can be read.');
  return exitCodes.ok;
}

async function status(session: Session): Promise<ExitCode> {
  const { withDataKeys } = await import('../access/data-keys.js');
  const { terminal } = session;
  const records = await withDataKeys(session, ({ book }) => book.all());
  const tenants = records.map(({ record: { tenant, keys, erasedAt } }) => ({
    tenant,
    keys: keys.map(({ id, masterKey, madeAt }) => ({ id, masterKey, madeAt })),
    ...(erasedAt === undefined ? {} : { erasedAt }),
  }));
  terminal.printJson({ tenants });
  if (tenants.length === 0) terminal.note('Nothing is encrypted here yet.');
  const columns = ['tenant', 'data key', 'made', 'under the master key'].map((title) => ({ title }));
  const rows = tenants.flatMap(({ tenant, keys, erasedAt }) =>
    keys.length === 0
      ? [[tenant, 'erased', erasedAt ?? '', '']]
      : keys.map(({ id, madeAt, masterKey }) => [tenant, id, madeAt.slice(0, 16).replace('T', ' '), masterKey]),
  );
  if (rows.length > 0) terminal.print(formatTable(columns, rows, terminal.colours));
  return exitCodes.ok;
}

async function rotate(session: Session, { dataKeys }: { readonly dataKeys?: true }): Promise<ExitCode> {
  const { rotateKeys, systemClock, withDataKeys } = await import('../access/data-keys.js');
  const { terminal } = session;
  const { written, current } = await withDataKeys(session, async ({ book, masters }) => {
    if (!masters) {
      const sentence = 'No master key is given; set WAYBILL_MASTER_KEY to the new one, a comma, and the old one.';
      throw new CliError(exitCodes.usage, sentence);
    }
    const written = await rotateKeys({ book, masters, clock: systemClock }, dataKeys ? 'data-keys' : 'wrapping');
    return { written, current: masters.current };
  });
  terminal.printJson({ tenants: written, masterKey: current });
  const tick = terminal.colours.green('✓');
  terminal.print(`${tick} the keys of ${count(written, 'tenant')} were wrapped with the master key ${current}`);
  return exitCodes.ok;
}

async function erase(
  session: Session,
  { confirm, tenant = 'default' }: { readonly confirm: string; readonly tenant?: string },
): Promise<ExitCode> {
  const parsed = tenantSchema.safeParse(tenant);
  if (!parsed.success || confirm !== tenant) {
    throw new CliError(exitCodes.usage, `--confirm says ${confirm} and the tenant is ${tenant}; nothing was erased.`);
  }
  const { withDataKeys } = await import('../access/data-keys.js');
  await withDataKeys(session, ({ book }) => book.erase(parsed.data, new Date()));
  session.terminal.printJson({ erased: tenant });
  session.terminal.print(`${session.terminal.colours.green('✓')} the content of ${tenant} cannot be read any more`);
  return exitCodes.ok;
}
