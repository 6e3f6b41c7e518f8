import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { startSeparableCluster } from '../support/index.js';
import { beginFaultRun, proveNothingLost } from './support/fault-run.js';
import { seededRandom } from './support/workload.js';

const jobs = 40;
/** Longer than nodes wait for the heartbeat of a leader before they choose another. */
const apartMs = 6_000;

/** Only root can make hosts up. */
const whereHostsCanBeMade = process.getuid?.() === 0 ? it : it.skip;

/** Invariant: a node whose cable is cut, leader or not, delays jobs; none is lost and none ends twice. */
describe('a partition between hosts', () => {
  whereHostsCanBeMade(
    'that cuts off one of three nodes after the other while jobs run',
    async () => {
      const random = seededRandom(1_401);
      const cluster = await startSeparableCluster();
      if (!cluster) {
        process.stderr.write('Hosts cannot be made up here (iproute2, root), so a partition was not tried.\n');
        return;
      }
      const startNats = async () => ({
        ...{ url: cluster.url, dataDir: '', pid: undefined, stop: () => cluster.stop() },
        ...{ kill: () => cluster.stop(), restart: () => Promise.resolve() },
      });
      const run = await beginFaultRun(1_401, { startNats, env: { WAYBILL_STREAM_REPLICAS: '3' } }, jobs);
      try {
        for (const share of [0.15, 0.4, 0.65]) {
          await run.ledger.ended(Math.floor(share * jobs));
          const node = 1 + Math.floor(3 * random());
          await cluster.separate(node);
          await pause(apartMs);
          await cluster.join(node);
        }
        const { statuses } = await proveNothingLost(run);
        expect(statuses).toMatchObject({ completed: jobs });
      } finally {
        await run.close();
      }
    },
    600_000,
  );
});
