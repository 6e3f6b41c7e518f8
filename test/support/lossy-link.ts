import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a server on which what the server says can get lost. */
export interface LossyLink {
  /** The address to reach the server by. */
  readonly address: string;
  /** From here on nothing reaches those who are connected. Resolves when something that contains `mark` was lost. */
  lose(mark: string): Promise<void>;
  /** Ends the connections there are; new ones are whole. */
  breakOff(): void;
  close(): Promise<void>;
}

/** @param url of the server, with a port */
export async function openLossyLink(url: string): Promise<LossyLink> {
  const { hostname, port } = new URL(url);
  const ends = new Set<Socket>();
  let lost: ((bytes: Buffer) => void) | undefined;
  const listener = createServer((client) => {
    const server = connect(Number(port), hostname);
    for (const [end, other] of [[client, server] as const, [server, client] as const]) {
      ends.add(end);
      end
        .on('error', () => undefined)
        .on('close', () => {
          ends.delete(end);
          other.destroy();
        });
    }
    client.pipe(server);
    server.on('data', (bytes) => (lost ? lost(bytes) : client.write(bytes)));
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const breakOff = (): void => {
    lost = undefined;
    for (const end of ends) end.destroy();
  };
  return {
    address: `127.0.0.1:${(listener.address() as AddressInfo).port}`,
    lose: async (mark) => {
      let heard = '';
      await new Promise<void>((gone) => {
        lost = (bytes) => {
          heard = heard.slice(-mark.length) + bytes.toString('latin1');
          if (heard.includes(mark)) gone();
        };
      });
    },
    breakOff,
    close: async () => {
      breakOff();
      const closed = once(listener, 'close');
      listener.close();
      await closed;
    },
  };
}
