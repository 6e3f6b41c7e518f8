import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { startNatsServer, startPostgres } from '@waybill/embedded-servers';
import { mountSmallDisk, type SmallDisk } from '../support/index.js';
import { beginFaultRun, proveNothingLost } from './support/fault-run.js';

const jobs = 60;
/** What is set aside for the cache of readings is more than the whole disk. */
const withoutCache = { WAYBILL_READING_CACHE_BYTES: '0' };
/** Long enough for every service to run into it more than once. */
const fullMs = 3_000;

const asRoot = process.getuid?.() === 0 ? it : it.skip;
let disk: SmallDisk | undefined;

/** Only root can mount a small disk; elsewhere it is said that nothing was tried. */
async function smallDisk(sizeMb: number): Promise<SmallDisk | undefined> {
  disk = await mountSmallDisk(sizeMb);
  if (!disk)
    process.stderr.write('A small disk cannot be mounted here (that takes root), so a full one was not tried.\n');
  return disk;
}

afterEach(async () => {
  await disk?.remove();
  disk = undefined;
});

/** Invariant: what was acknowledged before the disk was full is there when it has room again, and everything ends once. */
describe('a full disk', () => {
  asRoot(
    'under JetStream delays jobs and loses none',
    async () => {
      const small = await smallDisk(96);
      if (!small) return;
      const startNats = () => startNatsServer({ dataDir: join(small.path, 'nats') });
      const run = await beginFaultRun(1_301, { startNats, env: withoutCache }, jobs);
      try {
        await run.ledger.ended(jobs / 5);
        await small.fill();
        await pause(fullMs);
        await small.empty();
        // A server that could not write takes nothing more until it is started again.
        await run.stack.nats.restart();
        const { statuses } = await proveNothingLost(run);
        expect(statuses).toMatchObject({ completed: jobs });
      } finally {
        await run.close();
      }
    },
    600_000,
  );

  asRoot(
    'under Postgres delays rows and loses none',
    async () => {
      const small = await smallDisk(200);
      if (!small) return;
      const startOwnPostgres = () => startPostgres({ dataDir: join(small.path, 'postgres'), durability: 'none' });
      const run = await beginFaultRun(1_302, { postgres: 'own', startOwnPostgres }, jobs);
      try {
        await run.ledger.ended(jobs / 5);
        await small.fill();
        await run.ledger.ended(jobs);
        await small.empty();
        // It may have ended itself when it could not write its log.
        await run.stack.postgres?.restart();
        const { statuses } = await proveNothingLost(run);
        expect(statuses).toMatchObject({ completed: jobs });
      } finally {
        await run.close();
      }
    },
    600_000,
  );
});
