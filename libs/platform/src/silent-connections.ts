import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Connections over which nothing has been asked yet: clients open them ahead of need. Node counts them as busy, so a
 * server that closes would wait for them until its headers timeout.
 */
export class SilentConnections {
  private readonly sockets = new Set<Socket>();

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    server.on('request', (request: IncomingMessage) => this.sockets.delete(request.socket));
  }

  /** Nobody waits for an answer over these. */
  close(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}
