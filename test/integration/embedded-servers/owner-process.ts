import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';

export interface OwnerProcess {
  readonly process: ChildProcess;
  readonly url: string;
  readonly exitCode: Promise<unknown>;
}

const program = `
process.on('message', async ({ library, start, dataDir }) => {
  const server = await (await import(library))[start]({ dataDir });
  process.send(server.url);
});
`;

/** Another Node process that starts an embedded server and owns it. */
export async function startOwnerProcess(start: string, dataDir: string): Promise<OwnerProcess> {
  const child = fork('--eval', [program], { execArgv: [] });
  const library = pathToFileURL(process.env['WAYBILL_TEST_EMBEDDED_SERVERS'] ?? '').href;
  child.send({ library, start, dataDir });
  const exitCode = once(child, 'exit').then(([code]: unknown[]) => code);
  const [url] = (await Promise.race([
    once(child, 'message'),
    exitCode.then((code) => Promise.reject(new Error(`The owner ended with ${String(code)}.`))),
  ])) as [string];
  return { process: child, url, exitCode };
}
