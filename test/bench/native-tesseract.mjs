/** The native `tesseract` command beside ours: one thread, its defaults, text of a file as it was delivered. */
import { spawn, spawnSync } from 'node:child_process';

/** Its version, or undefined when it is not installed. */
export function nativeVersion() {
  const { status, stdout, stderr } = spawnSync('tesseract', ['--version'], { encoding: 'utf8' });
  return status === 0 ? /tesseract v?([\d.]+)/.exec(`${stdout}${stderr}`)?.[1] : undefined;
}

/** Reads a file. With more threads than one it takes six times as long on two cores, so it gets one. */
export async function readNatively(file) {
  const startMs = performance.now();
  const child = spawn('tesseract', [file, 'stdout', '-l', 'eng'], {
    env: { ...process.env, OMP_THREAD_LIMIT: '1' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const text = await new Promise((resolve, reject) => {
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
  return { text, ms: performance.now() - startMs };
}
