import { InvalidArgumentError, type Command } from 'commander';
import { scopes, tenantSchema, type Scope, type Tenant } from '@waybill/contracts';
import { idNamedBy, mintKey, prefixOfKey, type KeyBook, type ListedKey, type MintedKey } from '@waybill/identity';
import { CliError } from '../cli-error.js';
import type { Run } from '../command-runner.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';
import { formatTable } from '../terminal/format-table.js';
import { parseDuration } from './parse-duration.js';

interface CreateOptions {
  readonly tenant?: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expires?: number;
}

const dayMs = 86_400_000;

export function registerKeys(program: Command, run: Run): void {
  const command = program.command('keys').description('Who may ask: API keys, kept in the database of DATABASE_URL');
  command
    .command('create')
    .description('Make a key of the tenant of --tenant, and print it; it is never shown again')
    .requiredOption('--name <name>', 'what its owner calls it')
    .option('--scopes <scopes>', `what it allows, of ${scopes.join(', ')}`, parseScopes, ['submit', 'read'] as Scope[])
    .option('--expires <time>', 'when it ends, for example 90d; never without', parseDuration)
    .action(run(createKey));
  command
    .command('list', { isDefault: true })
    .description('List the keys of the tenant of --tenant, or of all')
    .action(run(listKeys));
  command
    .command('rotate <key>')
    .description('Make a successor with the same name and scopes; the old key goes on for the overlap')
    .option('--overlap <time>', 'how long both are good', parseDuration, dayMs)
    .action(run(rotateKey));
  command.command('revoke <key...>').description('End keys now').action(run(revokeKeys));
}

async function createKey(session: Session, options: CreateOptions): Promise<ExitCode> {
  const { name, scopes: allowed, expires } = options;
  const createdAt = new Date();
  const expiresAt = expires === undefined ? {} : { expiresAt: new Date(createdAt.getTime() + expires) };
  const tenant = tenantOf(options.tenant ?? 'default');
  await withBook(session, async (book) => {
    const { text, ...minted } = mintKey();
    const key = { ...minted, tenant, name: name.slice(0, 200), scopes: allowed, createdAt, ...expiresAt };
    await book.add(key);
    showNewKey(session, { ...minted, text }, key);
  });
  return exitCodes.ok;
}

async function listKeys(session: Session, { tenant }: { readonly tenant?: string }): Promise<ExitCode> {
  const { terminal } = session;
  const keys = await withBook(session, (book) => book.list(tenant === undefined ? undefined : tenantOf(tenant)));
  terminal.printJson({ keys: keys.map(shown) });
  if (keys.length === 0) {
    terminal.note('There are no keys.');
    return exitCodes.ok;
  }
  const columns = ['key', 'tenant', 'name', 'scopes', 'state', 'made', 'last used'].map((title) => ({ title }));
  const rows = keys.map((key) => [
    prefixOfKey(key.id),
    ...[key.tenant, key.name, key.scopes.join(','), stateOf(key)],
    ...[written(key.createdAt), key.lastUsedAt ? written(key.lastUsedAt) : 'never'],
  ]);
  terminal.print(formatTable(columns, rows, terminal.colours));
  return exitCodes.ok;
}

async function rotateKey(session: Session, { overlap }: { readonly overlap: number }, named: string) {
  await withBook(session, async (book) => {
    const id = idOf(named);
    const old = await book.find(id);
    const createdAt = new Date();
    const { text, ...minted } = mintKey();
    const endsAt = new Date(createdAt.getTime() + overlap);
    if (!old) throw noSuchKey(named);
    const { tenant, name, scopes: allowed } = old;
    const successor = { ...minted, tenant, name, scopes: allowed, createdAt, rotatedFrom: id };
    if (!(await book.replace(id, successor, endsAt))) {
      throw new CliError(
        exitCodes.refused,
        `${prefixOfKey(id)} has ended already; make a new key with \`keys create\`.`,
      );
    }
    showNewKey(session, { ...minted, text }, successor);
    session.terminal.note(`${prefixOfKey(id)} is good until ${written(endsAt)}.`);
  });
  return exitCodes.ok;
}

async function revokeKeys(session: Session, _options: object, named: string[]): Promise<ExitCode> {
  const ids = named.map(idOf);
  await withBook(session, async (book) => {
    for (const id of ids) {
      if (!(await book.revoke(id, new Date()))) throw noSuchKey(prefixOfKey(id));
      session.terminal.print(`${session.terminal.colours.green('✓')} ${prefixOfKey(id)} is revoked`);
    }
  });
  session.terminal.printJson({ revoked: ids.map(prefixOfKey) });
  return exitCodes.ok;
}

/** Works on the database itself: whoever may give keys has its address. */
async function withBook<Answer>(session: Session, work: (book: KeyBook) => Promise<Answer>): Promise<Answer> {
  const { Database, PostgresKeyBook } = await import('../access/stored-keys.js');
  const { stackEnvironment } = await import('../stack/stack-environment.js');
  const database = new Database((await stackEnvironment(session)).DATABASE_URL, { poolSize: 1 });
  try {
    return await work(new PostgresKeyBook(database));
  } finally {
    await database.close();
  }
}

function showNewKey({ terminal }: Session, { text }: MintedKey, key: ListedKey): void {
  terminal.printJson({ ...shown(key), key: text });
  terminal.print(text);
  terminal.note(`A key of ${key.tenant} for ${key.scopes.join(', ')}. Keep it now: it is not shown again.`);
}

const shown = ({ id, digest: _digest, ...facts }: ListedKey) => ({ prefix: prefixOfKey(id), ...facts });

function stateOf({ revokedAt, expiresAt }: ListedKey): string {
  if (revokedAt) return `revoked ${written(revokedAt)}`;
  if (!expiresAt) return 'good';
  return `${expiresAt > new Date() ? 'until' : 'ended'} ${written(expiresAt)}`;
}

const written = (moment: Date): string => `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function tenantOf(name: string): Tenant {
  const parsed = tenantSchema.safeParse(name);
  if (parsed.success) return parsed.data;
  throw new CliError(exitCodes.usage, `${name} is not a tenant's name: ${parsed.error.issues[0]?.message ?? ''}.`);
}

function idOf(named: string): string {
  const id = idNamedBy(named);
  if (id !== undefined) return id;
  throw new CliError(exitCodes.usage, `${named.slice(0, 20)} names no key; use what \`keys list\` shows.`);
}

const noSuchKey = (named: string): CliError =>
  new CliError(exitCodes.notFound, `There is no good key ${named}; see \`keys list\`.`);

function parseScopes(text: string): Scope[] {
  const words = text.split(',').filter(Boolean);
  const known = scopes.filter((scope) => words.includes(scope));
  if (known.length === words.length && known.length > 0) return known;
  throw new InvalidArgumentError(`Choose from ${scopes.join(', ')}, separated by commas.`);
}
