import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { leaveBody } from './leave-body.js';

let server: FastifyInstance;
let port: number;

beforeAll(async () => {
  server = fastify({ forceCloseConnections: true });
  server.addHook('onRequest', async (request, reply) => {
    leaveBody(request, reply);
    await reply.code(503).send('full');
  });
  server.post('/', () => 'never');
  await server.listen({ port: 0, host: '127.0.0.1' });
  ({ port } = server.server.address() as { port: number });
});
afterAll(() => server.close());

/** Sends the head of a request with a body of so many bytes, and gives the answer to it. */
async function answerToHead(socket: Socket, bodyBytes: number): Promise<string> {
  socket.write(`POST / HTTP/1.1\r\nhost: here\r\ncontent-length: ${bodyBytes}\r\n\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return answer.toString();
}

describe('a request that is refused before its body', () => {
  it('has its answer while it is sent, and the connection goes on behind a small one', async () => {
    const socket = connect(port, '127.0.0.1');
    for (const body of ['one', 'another']) {
      const answer = await answerToHead(socket, body.length);
      expect(answer).toMatch(/^HTTP\/1\.1 503 /);
      expect(answer).not.toMatch(/connection: close/i);
      socket.write(body);
    }
    socket.destroy();
  });

  it('ends the connection behind the answer when much would have to be read', async () => {
    const socket = connect(port, '127.0.0.1');
    const ended = once(socket, 'close');
    expect(await answerToHead(socket, 10_000_000)).toMatch(/connection: close/i);
    await ended;
  });
});
