import { open } from 'node:fs/promises';

const tailBytes = 8_192;

/** The last lines of a log file, for a sentence about why its writer ended. Empty when there are none. */
export async function lastLinesOf(path: string, count: number): Promise<string> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return '';
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read({
      buffer: Buffer.alloc(Math.min(tailBytes, size)),
      position: Math.max(0, size - tailBytes),
    });
    const lines = buffer.subarray(0, bytesRead).toString('utf8').trimEnd().split('\n');
    return lines.slice(-count).map(readableLine).join('\n');
  } finally {
    await file.close();
  }
}

/** A JSON log line is reduced to its message; anything else stays as it is. */
function readableLine(line: string): string {
  try {
    const { msg } = JSON.parse(line) as { msg?: unknown };
    return typeof msg === 'string' && msg !== '' ? msg : line;
  } catch {
    return line;
  }
}
