import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedPost {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface WebhookReceiver {
  url(path: string): string;
  /** The next post that nobody has taken yet, as soon as it is there. */
  next(): Promise<ReceivedPost>;
  /** Posts that nobody has taken yet. */
  readonly waiting: number;
  stop(): Promise<void>;
}

/** A client's endpoint. It answers each post with the next of `statuses`, and with the last one from then on. */
export async function startReceiver(...statuses: number[]): Promise<WebhookReceiver> {
  const posts: ReceivedPost[] = [];
  const takers: ((post: ReceivedPost) => void)[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      response.writeHead(statuses.length > 1 ? (statuses.shift() ?? 200) : (statuses[0] ?? 200)).end('noted');
      const post = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(pieces).toString() };
      const taker = takers.shift();
      if (taker) taker(post);
      else posts.push(post);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (path) => `http://127.0.0.1:${port}${path}`,
    next: () => {
      const post = posts.shift();
      return post ? Promise.resolve(post) : new Promise((resolve) => takers.push(resolve));
    },
    get waiting() {
      return posts.length;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
