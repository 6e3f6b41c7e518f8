import { join } from 'node:path';
import { tenantSchema, type Task } from '@waybill/contracts';
import { StageError } from '@waybill/jobs';
import { readsLocally, refuseMissingLanguages } from '@waybill/ocr-engines';
import { loadEnvironment, type Environment } from '@waybill/platform';
import { CliError } from '../cli-error.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';
import { findDocuments } from '../submission/find-documents.js';
import { count } from '../terminal/format-event.js';
import { StepLine } from '../terminal/step-line.js';
import { describeInspection, inspectionAsJson } from './describe-inspection.js';
import { inspectFile } from './inspect-file.js';
import type { InspectedFile, InspectedPage } from './inspection.js';
import { PageInspector } from './page-inspector.js';
import { folderNames, writeReport, type WrittenReport } from './write-report.js';

export interface InspectionWish {
  readonly task: Task;
  readonly names: readonly string[];
  readonly languages?: readonly string[];
  readonly password?: string;
  /** Where reports are written, as the user named it. */
  readonly out: string;
}

/** Reads files in this process, writes a report of each that is not refused, and says what is in them. */
export async function runInspect(session: Session, wish: InspectionWish): Promise<ExitCode> {
  const files = await findDocuments(wish.names, (path) => session.resolvePath(path));
  const environment = localEnvironment(session);
  const languages = wish.languages ?? environment.WAYBILL_OCR_LANGUAGES.split('+');
  refuseLanguages(environment, languages);
  const { signal } = session.interruption;
  const way = { tenant: tenantSchema.parse('default'), languages, signal };
  const folders = folderNames(files.map(({ name }) => name));
  const inspector = new PageInspector(environment);
  const line = new StepLine(session.terminal);
  const done: { readonly file: InspectedFile; readonly written?: WrittenReport }[] = [];
  try {
    for (const [at, found] of files.entries()) {
      const { name } = found;
      line.step(`Looking at ${name}`);
      const told = progressOf(line, name);
      const { task, password } = wish;
      const help = { environment, task, way, signal, told, ...(password === undefined ? {} : { password }) };
      const file = await inspectFile(inspector, found, help);
      const refusal = file.documents[0]?.failure;
      if (refusal) {
        line.trouble(`${name}: ${refusal.message}`);
        done.push({ file });
        continue;
      }
      const written = await writeReport(file, join(session.resolvePath(wish.out), folders[at] ?? name));
      done.push({ file, written });
      line.done(`${name}: ${count(file.documents.flatMap(({ pages }) => pages).length, 'page')}`);
      session.terminal.print(`\n${describeInspection(file, written, session.terminal.colours)}\n`);
    }
  } finally {
    line.close();
    await inspector.close();
  }
  session.terminal.printJson({ files: done.map(({ file, written }) => inspectionAsJson(file, written)) });
  return exitCodeOf(done.map(({ file }) => file));
}

/** Pages are read on this machine, whatever engine the services use: nothing is sent away, and nothing costs money. */
function localEnvironment({ host, terminal }: Session): Environment {
  const environment = loadEnvironment(host.environment);
  if (readsLocally(environment)) return environment;
  const { WAYBILL_OCR_ENGINE: named } = environment;
  terminal.note(`WAYBILL_OCR_ENGINE is ${named}; inspect reads on this machine, with the local engine.`);
  return { ...environment, WAYBILL_OCR_ENGINE: 'auto' };
}

function refuseLanguages(environment: Environment, languages: readonly string[]): void {
  try {
    refuseMissingLanguages(environment, languages);
  } catch (error) {
    if (error instanceof StageError) throw new CliError(exitCodes.refused, error.message, { cause: error });
    throw error;
  }
}

const progressOf = (line: StepLine, name: string) => {
  let ended = 0;
  return (page: InspectedPage, total: number): void => {
    ended += 1;
    if (page.status === 'failed') line.trouble(`${name}, page ${page.number}: ${page.failure.message}`);
    line.step(`${name}: ${ended} of ${count(total, 'page')} read`);
  };
};

/** The first file that was refused counts, then pages: none read, or not all. */
function exitCodeOf(files: readonly InspectedFile[]): ExitCode {
  if (files.some(({ documents }) => documents[0]?.failure !== undefined)) return exitCodes.refused;
  const isRead = ({ status }: InspectedPage): boolean => status === 'read';
  const pagesOf = ({ documents }: InspectedFile): InspectedPage[] => documents.flatMap(({ pages }) => pages);
  if (files.some((file) => !pagesOf(file).some(isRead))) return exitCodes.jobFailed;
  const isWhole = (file: InspectedFile): boolean =>
    pagesOf(file).every(isRead) && file.documents.every(({ failure }) => failure === undefined);
  return files.every(isWhole) ? exitCodes.ok : exitCodes.partial;
}
