import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { StageError } from '@waybill/jobs';
import type { Environment } from '@waybill/platform';
import type { ConvertibleDocument, DocumentConverter } from './document-converter.js';
import { lockedProfile } from './locked-profile.js';

type Settings = Pick<
  Environment,
  'WAYBILL_OFFICE_COMMAND' | 'WAYBILL_CONVERT_TIMEOUT_MS' | 'WAYBILL_MAX_CONVERT_MEMORY_BYTES'
>;

/** From sysexits.h and the shell: the command is not there, or may not be run. */
const notFound = [126, 127];
const lastWordsBytes = 2_000;

/**
 * LibreOffice without a window: each document in a scratch folder with a profile of its own, which allows no macro, no
 * link out of the document and no network; with limits of time and memory. One at a time, because each takes a processor.
 * Undefined where the settings switch it off.
 */
export function libreOffice(settings: Settings): DocumentConverter | undefined {
  if (settings.WAYBILL_OFFICE_COMMAND === 'none') return undefined;
  let last: Promise<unknown> = Promise.resolve();
  return {
    toPdf(document, signal) {
      const mine = last.then(() => convert(document, settings, signal));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

async function convert(
  document: ConvertibleDocument,
  settings: Settings,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  signal?.throwIfAborted();
  const folder = await mkdtemp(join(tmpdir(), 'waybill-convert-'));
  try {
    const { filters } = document;
    const profile = join(folder, 'profile');
    await mkdir(join(profile, 'user'), { recursive: true });
    await writeFile(join(profile, 'user', 'registrymodifications.xcu'), lockedProfile);
    // The document's own name goes nowhere near a path.
    const source = join(folder, `document.${document.ending}`);
    await writeFile(source, document.bytes);
    const ending = await run(
      settings,
      [
        `-env:UserInstallation=${pathToFileURL(profile).href}`,
        ...['--headless', '--norestore', '--nologo', '--nolockcheck', '--nodefault', '--nofirststartwizard'],
        ...(filters ? [`--infilter=${filters.reads}`] : []),
        ...['--convert-to', filters ? `pdf:${filters.writes}` : 'pdf', '--outdir', folder, source],
      ],
      { folder, signal },
    );
    signal?.throwIfAborted();
    if (ending.isLate) throw tooSlow(document, settings);
    if (notFound.includes(ending.code ?? 0)) throw notInstalled(document, settings);
    return await readFile(join(folder, 'document.pdf')).catch((error: unknown) => {
      throw notConverted(document, ending.lastWords, error);
    });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

interface Ending {
  readonly code: number | null;
  readonly isLate: boolean;
  readonly lastWords: string;
}

function run(
  settings: Settings,
  parameters: readonly string[],
  { folder, signal }: { folder: string; signal: AbortSignal | undefined },
): Promise<Ending> {
  const kibibytes = Math.floor(settings.WAYBILL_MAX_CONVERT_MEMORY_BYTES / 1_024);
  const limited = ['-c', 'ulimit -v "$1" 2>/dev/null; shift; exec "$@"', 'sh', String(kibibytes)];
  const environment = { PATH: process.env.PATH, HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8' };
  const child = spawn('sh', [...limited, settings.WAYBILL_OFFICE_COMMAND, ...parameters], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that whatever the command has started ends with it.
    detached: true,
  });
  return new Promise((resolve) => {
    let lastWords = '';
    let isLate = false;
    const end = (): void => endGroup(child.pid);
    const timer = setTimeout(() => {
      isLate = true;
      end();
    }, settings.WAYBILL_CONVERT_TIMEOUT_MS);
    signal?.addEventListener('abort', end, { once: true });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (lastWords = (lastWords + text).slice(-lastWordsBytes)));
    }
    const finish = (code: number | null): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      end();
      resolve({ code, isLate, lastWords });
    };
    child.once('error', () => finish(notFound[1] ?? null));
    child.once('close', finish);
  });
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

const tooSlow = ({ name }: ConvertibleDocument, { WAYBILL_CONVERT_TIMEOUT_MS }: Settings): StageError =>
  new StageError(
    'timeout',
    `Converting the ${name} document took longer than ${WAYBILL_CONVERT_TIMEOUT_MS} ms, the limit. ` +
      `Send it as PDF, or raise WAYBILL_CONVERT_TIMEOUT_MS.`,
  );

const notInstalled = ({ name }: ConvertibleDocument, { WAYBILL_OFFICE_COMMAND }: Settings): StageError =>
  new StageError(
    'unsupported-format',
    `The document is ${name}, which is converted by LibreOffice, and there is no command ${WAYBILL_OFFICE_COMMAND} here; ` +
      `send it as PDF, or have the operator install LibreOffice or set WAYBILL_OFFICE_COMMAND.`,
  );

function notConverted({ name }: ConvertibleDocument, lastWords: string, cause: unknown): StageError {
  const said = lastWords.split('\n').findLast((line) => line.startsWith('Error'));
  const reason = said === undefined ? '' : ` (${said.slice(0, 160)})`;
  return new StageError(
    'unreadable-document',
    `The ${name} document could not be converted${reason}; it may be damaged, protected, or need more than ` +
      `WAYBILL_MAX_CONVERT_MEMORY_BYTES. Send it as PDF.`,
    { cause },
  );
}
