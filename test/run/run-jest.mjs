import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** How long jest may take to end after its last test; what keeps it longer was left open by a test. */
const exitPatienceMs = 60_000;

/** Runs one project in a process of its own and counts its tests; a file that does not load counts as a failed test. */
export async function runJest(project, { projectFolder, folder, jestArguments, signal }) {
  const report = join(folder.path, `${project.name}.json`);
  const jest = join(projectFolder, 'node_modules', 'jest', 'bin', 'jest.js');
  const child = spawn(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      jest,
      `--selectProjects=${project.name}`,
      `--maxWorkers=${project.workers}`,
      '--passWithNoTests',
      '--json',
      `--outputFile=${report}`,
      ...jestArguments,
    ],
    {
      cwd: projectFolder,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        TMPDIR: folder.temporary,
        WAYBILL_TEST_RUN: folder.mark,
        NODE_ENV: 'test',
        // Node 22 and newer keep compiled code beside the files that tests must not leave behind.
        NODE_DISABLE_COMPILE_CACHE: '1',
      },
    },
  );
  const stop = () => child.kill('SIGINT');
  signal.addEventListener('abort', stop, { once: true });
  const exited = new Promise((resolve) => child.once('exit', (code, signalName) => resolve(signalName ?? code)));
  const watching = new AbortController();
  const limit = setTimeout(() => {
    console.error(`The ${project.name} tests took more than ${project.limitMinutes} minutes and were ended by force.`);
    child.kill('SIGKILL');
  }, project.limitMinutes * 60_000);
  const hung = killWhenHung(child, report, watching.signal);
  const ending = await exited;
  watching.abort();
  clearTimeout(limit);
  signal.removeEventListener('abort', stop);
  return countTests(project.name, report, { ending, hung: await hung });
}

async function killWhenHung(child, report, signal) {
  try {
    while (!existsSync(report)) await delay(500, undefined, { signal });
    await delay(exitPatienceMs, undefined, { signal });
  } catch {
    return false;
  }
  child.kill('SIGKILL');
  return true;
}

function countTests(name, report, { ending, hung }) {
  if (!existsSync(report)) {
    console.error(`The ${name} tests ended with ${ending} before they could report.`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const summary = JSON.parse(readFileSync(report, 'utf8'));
  const counts = {
    passed: summary.numPassedTests,
    failed: summary.numFailedTests + summary.numRuntimeErrorTestSuites,
    skipped: summary.numPendingTests + summary.numTodoTests,
  };
  if (hung) console.error(`The ${name} tests left something open that kept jest from ending; it was ended by force.`);
  if (counts.failed === 0 && (hung || ending !== 0)) counts.failed = 1;
  return counts;
}
