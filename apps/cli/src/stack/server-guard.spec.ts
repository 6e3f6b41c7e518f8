import { describe, expect, it } from '@jest/globals';
import { ServerGuard } from './server-guard.js';

const gone = 2 ** 22 + 1;

/** A server whose process is gone, and whose restarts fail as often as told. `said` resolves at the wanted sentence. */
function guardedServer(failures: number) {
  let restarts = 0;
  let stops = 0;
  const server = {
    pid: gone as number | undefined,
    restart: (): Promise<void> => {
      restarts += 1;
      if (restarts <= failures) return Promise.reject(new Error('Port 1 is taken.'));
      server.pid = process.pid;
      return Promise.resolve();
    },
    stop: (): Promise<void> => Promise.resolve(void (stops += 1)),
  };
  const said: string[] = [];
  const back = new Promise<ServerGuard>((resolve) => {
    const guard = new ServerGuard('Postgres', server, (sentence) => {
      said.push(sentence);
      if (sentence.endsWith('is back.')) resolve(guard);
    });
  });
  return { said, back, restarts: () => restarts, stops: () => stops };
}

describe('ServerGuard', () => {
  it('starts a server again whose process has gone, as often as it takes, and says so', async () => {
    const { said, back, restarts, stops } = guardedServer(1);
    const guard = await back;
    await guard.stop();
    expect(restarts()).toBe(2);
    expect(stops()).toBe(1);
    expect(said).toEqual([
      'Postgres stopped by itself. Starting it again.',
      'Port 1 is taken.',
      'Postgres stopped by itself. Starting it again.',
      'Postgres is back.',
    ]);
  });
});
