import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectWaybillNats, type WaybillNatsClient } from '@waybill/client';
import { openLossyLink, startTestNats, type LossyLink } from '../../support/index.js';

let server: Awaited<ReturnType<typeof startTestNats>>;
let link: LossyLink;
let client: WaybillNatsClient;

beforeAll(async () => {
  server = await startTestNats();
  link = await openLossyLink(server.url);
  client = await connectWaybillNats({ servers: link.address, tenant: 'acme' });
});
afterAll(async () => {
  await client.close();
  await link.close();
  await server.stop();
});

describe('the client over NATS', () => {
  it('tells who waits for a job that its end may have passed unheard', async () => {
    const waiting = client.wait('unheard');
    link.breakOff();
    await expect(waiting).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('ask over REST how it stands'),
      isPassing: true,
    });
  });
});
