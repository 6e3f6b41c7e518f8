import { Option, type Command } from 'commander';
import { checkCatalog, diffCatalogs, findModel, shippedCatalog } from '@waybill/llm-routing';
import { readCatalog } from '@waybill/model-providers';
import { describeDifferences, describeFindings, describeModel, listModels } from '../catalog/describe-catalog.js';
import { importPriceList, type ImportOptions } from '../catalog/import-price-list.js';
import { CliError } from '../cli-error.js';
import type { Run } from '../command-runner.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';

export function registerCatalog(program: Command, run: Run): void {
  const command = program
    .command('catalog')
    .description('Look at the models, their prices and what they can do; compare price lists with them');
  command.command('show [model]', { isDefault: true }).description('List the models, or show one').action(run(show));
  command
    .command('diff [overlay]')
    .description('What an overlay (else WAYBILL_CATALOG_OVERLAY) changes in the catalog of this release')
    .action(run(diff));
  command
    .command('check')
    .description('What is missing or out of date: unknown prices, retired models, old sources')
    .action(run(check));
  command
    .command('import <file>')
    .description('Compare a public price list with the catalog')
    .addOption(
      new Option('--from <form>', 'the form of the file').choices(['litellm', 'portkey']).makeOptionMandatory(),
    )
    .requiredOption('--sha256 <hash>', 'the digest of the file that you mean; another file is refused')
    .option('--provider <id>', 'whose prices a Portkey file holds (else the name of the file)')
    .option('--write <overlay>', 'write the models that the catalog lacks as an overlay')
    .action(run(importFile));
}

const inEffect = (session: Session) => {
  const path = session.host.environment.WAYBILL_CATALOG_OVERLAY;
  return readCatalog(path ? session.resolvePath(path) : undefined);
};

async function show(session: Session, _options: object, name?: string): Promise<ExitCode> {
  const catalog = await inEffect(session);
  if (name === undefined) {
    session.terminal.printJson(catalog);
    session.terminal.print(listModels(catalog, session.terminal.colours));
    return exitCodes.ok;
  }
  const card = findModel(catalog, name);
  if (!card) {
    throw new CliError(
      exitCodes.notFound,
      `The catalog has no model ${name}; \`${session.commandLine('catalog show')}\` lists those that it has.`,
    );
  }
  session.terminal.printJson({ catalog: catalog.version, ...card });
  session.terminal.print(describeModel(catalog, card, session.terminal.colours));
  return exitCodes.ok;
}

async function diff(session: Session, _options: object, overlay?: string): Promise<ExitCode> {
  const after = overlay === undefined ? await inEffect(session) : await readCatalog(session.resolvePath(overlay));
  const difference = diffCatalogs(shippedCatalog, after);
  session.terminal.printJson(difference);
  session.terminal.print(describeDifferences(difference, session.terminal.colours));
  return exitCodes.ok;
}

async function check(session: Session): Promise<ExitCode> {
  const catalog = await inEffect(session);
  const findings = checkCatalog(catalog, new Date().toISOString().slice(0, 10));
  const failed = findings.some(({ level }) => level === 'error');
  session.terminal.printJson({ catalog: catalog.version, healthy: !failed, findings });
  session.terminal.print(describeFindings(catalog, findings, session.terminal.colours));
  return failed ? exitCodes.jobFailed : exitCodes.ok;
}

async function importFile(session: Session, options: ImportOptions, file: string): Promise<ExitCode> {
  await importPriceList(session, { ...options, file, catalog: await inEffect(session) });
  return exitCodes.ok;
}
