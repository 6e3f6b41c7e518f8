import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { SilentConnections } from './silent-connections.js';

it('closes connections without a request, and leaves those that wait for an answer', async () => {
  const server = createServer();
  const silent = new SilentConnections(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const ahead = connect(port, '127.0.0.1');
  await once(server, 'connection');
  const asked = once(server, 'request');
  const answer = fetch(`http://127.0.0.1:${port}/`);
  const [, response] = (await asked) as [unknown, ServerResponse];

  const closed = new Promise((resolve) => server.close(resolve));
  const dropped = once(ahead, 'close');
  silent.close();
  await dropped;
  response.setHeader('connection', 'close');
  response.end('answered');
  expect(await (await answer).text()).toBe('answered');
  await closed;
});
