import type { JobServiceName } from '@waybill/contracts';
import { startService, type TestService, type TestStack } from '../../support/index.js';
import { faultEnvironment } from './fault-run.js';

/** One more process of a service of a stack, on a port of its own. The caller stops it. */
export async function startBeside(stack: TestStack, name: JobServiceName): Promise<TestService> {
  return await startService(name, {
    env: {
      ...faultEnvironment,
      NATS_URL: stack.nats.url,
      DATABASE_URL: stack.databaseUrl,
      WAYBILL_AUTH: 'none',
      WAYBILL_PORT: '0',
    },
  });
}
