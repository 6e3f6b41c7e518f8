import { Option, type Command } from 'commander';
import type { ImportOptions } from '../catalog/import-price-list.js';
import type { Run } from '../command-runner.js';
import type { Session } from '../session.js';

type Call<Argument> = [session: Session, options: object, argument: Argument];

/** The models are loaded when somebody asks about them. */
const actions = () => import('../catalog/catalog-actions.js');

export function registerCatalog(program: Command, run: Run): void {
  const command = program
    .command('catalog')
    .description('Look at the models, their prices and what they can do; compare price lists with them');
  command
    .command('show [model]', { isDefault: true })
    .description('List the models, or show one')
    .action(run(async (...call: Call<string | undefined>) => (await actions()).showCatalog(...call)));
  command
    .command('diff [overlay]')
    .description('What an overlay (else WAYBILL_CATALOG_OVERLAY) changes in the catalog of this release')
    .action(run(async (...call: Call<string | undefined>) => (await actions()).diffCatalog(...call)));
  command
    .command('check')
    .description('What is missing or out of date: unknown prices, retired models, old sources')
    .action(run(async (session: Session) => (await actions()).examineCatalog(session)));
  command
    .command('import <file>')
    .description('Compare a public price list with the catalog')
    .addOption(
      new Option('--from <form>', 'the form of the file').choices(['litellm', 'portkey']).makeOptionMandatory(),
    )
    .requiredOption('--sha256 <hash>', 'the digest of the file that you mean; another file is refused')
    .option('--provider <id>', 'whose prices a Portkey file holds (else the name of the file)')
    .option('--write <overlay>', 'write the models that the catalog lacks as an overlay')
    .action(
      run(async (session: Session, options: ImportOptions, file: string) =>
        (await actions()).importFile(session, options, file),
      ),
    );
}
