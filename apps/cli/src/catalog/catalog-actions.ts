import { checkCatalog, diffCatalogs, findModel, shippedCatalog } from '@waybill/llm-routing';
import { readCatalog } from '@waybill/model-providers';
import { CliError } from '../cli-error.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';
import { describeDifferences, describeFindings, describeModel, listModels } from './describe-catalog.js';
import { importPriceList, type ImportOptions } from './import-price-list.js';

const inEffect = (session: Session) => {
  const path = session.host.environment.WAYBILL_CATALOG_OVERLAY;
  return readCatalog(path ? session.resolvePath(path) : undefined);
};

export async function showCatalog(session: Session, _options: object, name?: string): Promise<ExitCode> {
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

export async function diffCatalog(session: Session, _options: object, overlay?: string): Promise<ExitCode> {
  const after = overlay === undefined ? await inEffect(session) : await readCatalog(session.resolvePath(overlay));
  const difference = diffCatalogs(shippedCatalog, after);
  session.terminal.printJson(difference);
  session.terminal.print(describeDifferences(difference, session.terminal.colours));
  return exitCodes.ok;
}

export async function examineCatalog(session: Session): Promise<ExitCode> {
  const catalog = await inEffect(session);
  const findings = checkCatalog(catalog, new Date().toISOString().slice(0, 10));
  const failed = findings.some(({ level }) => level === 'error');
  session.terminal.printJson({ catalog: catalog.version, healthy: !failed, findings });
  session.terminal.print(describeFindings(catalog, findings, session.terminal.colours));
  return failed ? exitCodes.jobFailed : exitCodes.ok;
}

export async function importFile(session: Session, options: ImportOptions, file: string): Promise<ExitCode> {
  await importPriceList(session, { ...options, file, catalog: await inEffect(session) });
  return exitCodes.ok;
}
