import type { Socket } from 'node:net';
import { buildConnector, Client } from 'undici';

/** A connection that serves one call at a time. */
export interface Connection {
  readonly client: Client;
  /** Undefined before it is open; another one after it was opened again. */
  readonly socket: () => Socket | undefined;
}

/**
 * Connections to one server. Other than in undici's own pool, it is known on which socket a call goes out, and so when all
 * of its bytes are with the network. The one that was used last is used next, so that few stay open.
 */
export class Connections {
  private readonly idle: Connection[] = [];
  private readonly all: Client[] = [];
  private readonly waiting: ((connection: Connection) => void)[] = [];

  constructor(
    private readonly origin: string,
    private readonly most: number,
  ) {}

  /** Calls back at once, unless all connections are in use. Whoever got one gives it back. */
  take(use: (connection: Connection) => void): void {
    const idle = this.idle.pop();
    if (idle) use(idle);
    else if (this.all.length < this.most) use(this.open());
    else this.waiting.push(use);
  }

  give(connection: Connection): void {
    const next = this.waiting.shift();
    if (next) next(connection);
    else this.idle.push(connection);
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map((client) => client.destroy()));
  }

  private open(): Connection {
    let socket: Socket | undefined;
    const connector = buildConnector({});
    const client = new Client(this.origin, {
      // How long a call may take is for its stop to say.
      ...{ headersTimeout: 0, bodyTimeout: 0 },
      connect: (options, callback) => {
        connector(options, (...result) => {
          socket = result[1] ?? undefined;
          callback(...result);
        });
      },
    });
    this.all.push(client);
    return { client, socket: () => socket };
  }
}
