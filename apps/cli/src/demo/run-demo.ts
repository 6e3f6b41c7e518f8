import { join } from 'node:path';
import type { ExtractTask, JobEventView } from '@waybill/contracts';
import { newJobId } from '@waybill/jobs';
import { drawSamples, sampleQuestions } from '@waybill/samples';
import type { ApiClient } from '../api/api-client.js';
import type { ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';
import { makeDataFolder } from '../stack/make-data-folder.js';
import { runStack, type StackWishes } from '../stack/run-stack.js';
import { findDocuments, type FoundDocument } from '../submission/find-documents.js';
import { submitFiles } from '../submission/submit-files.js';
import { exitCodeOf, type SubmittedJob } from '../submission/submitted-job.js';
import { chooseProgressBoard } from '../terminal/choose-progress-board.js';
import { demoJobAsJson, describeDemo, type DemoJob } from './describe-demo.js';
import { formatDuration } from '../terminal/format-duration.js';
import { count } from '../terminal/format-event.js';
import { hasEnded, type JobProgress } from '../terminal/job-progress.js';
import { simulatedNotice } from '../terminal/simulated-notice.js';
import type { ProgressBoard } from '../terminal/progress-board.js';

/** Starts a stack of its own, submits the samples or the user's documents by REST, shows what they say, stops. */
export async function runDemo(
  session: Session,
  names: readonly string[],
  models: StackWishes['models'],
): Promise<ExitCode> {
  const dataFolder = session.dataFolder('demo');
  const startedAtMs = performance.now();
  await makeDataFolder(dataFolder);
  const documents = documentsFor(session, dataFolder, names);
  if (names.length > 0) await documents;
  // A failure to draw is met where the documents are needed, when there is a stack to stop.
  documents.catch(() => undefined);
  // Rules answer all that the samples are asked for otherwise, and no model would be seen.
  const asksModels = models === 'simulated' && names.length === 0;
  const task = { kind: 'extract' as const, ...(asksModels ? { schema: sampleQuestions } : {}) };
  const wishes = { dataFolder, port: { number: 0, wish: 'preferred' as const }, logs: 'files' as const, models };
  return runStack(session, wishes, async (stack) => {
    const client = session.clientOf(stack.state.url, stack.key?.text);
    if (models === 'simulated') session.terminal.note(session.terminal.noteColours.yellow(`! ${simulatedNotice}`));
    const clock: DemoClock = { startedAtMs, firstEndMs: undefined };
    const jobs = await submitInSight(session, client, { files: await documents, task }, clock);
    if (session.interruption.received !== undefined) {
      session.terminal.note(`\n${session.terminal.noteColours.dim('· Interrupted; stopping')}`);
      await stack.stopAtOnce();
    } else await report(session, client, jobs, clock);
    return exitCodeOf(jobs, session.interruption.received);
  });
}

/** Milliseconds on the process's own clock. */
interface DemoClock {
  readonly startedAtMs: number;
  firstEndMs: number | undefined;
}

/** The user's documents, looked up before anything is started; or the samples, drawn while the stack starts. */
async function documentsFor(session: Session, dataFolder: string, names: readonly string[]): Promise<FoundDocument[]> {
  if (names.length > 0) return findDocuments(names, (path) => session.resolvePath(path));
  return drawSamples(join(dataFolder, 'samples'));
}

async function submitInSight(
  session: Session,
  client: ApiClient,
  { files, task }: { readonly files: readonly FoundDocument[]; readonly task: ExtractTask },
  clock: DemoClock,
): Promise<SubmittedJob[]> {
  const { terminal, interruption } = session;
  terminal.note(terminal.noteColours.dim(`  Reading ${count(files.length, 'document')} through ${client.url}`));
  terminal.note('');
  const labels = files.map(({ name }) => name);
  const board = new FirstEndClock(chooseProgressBoard(terminal, labels, 'events'), clock);
  const plan = {
    files: files.map((file) => ({ file, id: newJobId() })),
    submission: { task, tags: ['demo'] },
    until: 'ended' as const,
  };
  return submitFiles(client, plan, board, interruption.signal).finally(() => board.close());
}

/** A board that notes when the first job has ended. */
class FirstEndClock implements ProgressBoard {
  constructor(
    private readonly board: ProgressBoard,
    private readonly clock: DemoClock,
  ) {}

  show(index: number, progress: JobProgress, event?: JobEventView): void {
    if (hasEnded(progress)) this.clock.firstEndMs ??= performance.now();
    this.board.show(index, progress, event);
  }

  close(): void {
    this.board.close();
  }
}

async function report(
  session: Session,
  client: ApiClient,
  submitted: readonly SubmittedJob[],
  { startedAtMs, firstEndMs }: DemoClock,
): Promise<void> {
  const { terminal } = session;
  const jobs = await Promise.all(submitted.map((job) => answered(client, job)));
  const firstMs = firstEndMs === undefined ? undefined : firstEndMs - startedAtMs;
  const allMs = performance.now() - startedAtMs;
  terminal.printJson({ url: client.url, firstEndMs: firstMs, allEndMs: allMs, jobs: jobs.map(demoJobAsJson) });
  terminal.print(`\n${describeDemo(jobs, terminal.columns, terminal.colours)}\n`);
  const completed = submitted.filter(({ outcome }) => outcome.kind === 'ended' && outcome.job.status === 'completed');
  const { dim } = terminal.colours;
  terminal.print(
    `${completed.length} of ${count(submitted.length, 'job')} completed ${dim(`· first answer after ${formatDuration(firstMs)}, all after ${formatDuration(allMs)}`)}`,
  );
  terminal.print(dim(goOn(session)));
}

/** The answer of a job that ended with one; the others are shown without. */
async function answered(client: ApiClient, submitted: SubmittedJob): Promise<DemoJob> {
  const ended = submitted.outcome.kind === 'ended';
  return { submitted, result: ended ? await client.result(submitted.id) : undefined };
}

function goOn(session: Session): string {
  const submission = JSON.stringify({ task: { kind: 'extract' }, documents: [{ upload: 'file' }] });
  return [
    '',
    'Go on:',
    `  npm run demo -- FILE…                              with your own documents`,
    `  npm run demo -- --simulate                         see how models are chosen, without a key`,
    `  ${session.commandLine('up').padEnd(50)} the same stack, until Ctrl-C; then, with the key it prints`,
    `  curl -H 'Authorization: Bearer KEY' -F 'submission=${submission}' -F file=@FILE http://127.0.0.1:8080/v1/jobs`,
  ].join('\n');
}
