import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { EmbeddedServerError } from './embedded-server-error.js';

/** Below the ranges from which systems take ports for outgoing connections, so that a restart finds its port free. */
const lowestPort = 20_000;
const highestPort = 29_999;
/** What this process was told is free may not be listened on yet: nothing is told twice. */
const given = new Set<number>();

/** True when nothing listens on the port of 127.0.0.1 and this user may listen there. */
export async function portIsFree(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/**
 * A port that is free now. Another process may take it before the server does: callers try again.
 * @throws EmbeddedServerError when none of a hundred random ports is free.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = randomInt(lowestPort, highestPort + 1);
    if (given.has(port) || !(await portIsFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new EmbeddedServerError(
    `No free port was found on 127.0.0.1 between ${lowestPort} and ${highestPort}; stop what occupies them.`,
  );
}
