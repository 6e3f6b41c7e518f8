import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SimulatedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** `body` is sent as JSON unless it is text or bytes. */
export interface SimulatedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The connection ends after so many bytes of the body. */
  readonly cutAfterBytes?: number;
}

/** What a test puts before the protocol: an answer, no answer ever, or one that breaks off in the middle. */
export type ScriptedAnswer = SimulatedAnswer | 'never' | 'broken';

/** A provider's refusals in its own words, by what they mean. */
export type Refusals = Readonly<
  Record<'wrong-key' | 'forbidden' | 'unknown-model' | 'too-large' | 'bad-page' | 'busy' | 'away', SimulatedAnswer>
>;

/** A provider on this machine: speaks its protocol until a test scripts something else. */
export class SimulatorServer {
  readonly requests: SimulatedRequest[] = [];
  /** Pages that a bill would list. */
  billedPages = 0;
  readonly #server: Server;
  readonly #script: { readonly path: RegExp; readonly answer: ScriptedAnswer }[] = [];
  #waiting: { readonly path: RegExp; readonly arrive: () => void }[] = [];

  constructor(private readonly answer: (request: SimulatedRequest) => SimulatedAnswer | Promise<SimulatedAnswer>) {
    this.#server = createServer((request, response) => void this.#handle(request, response));
  }

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The next requests whose path matches get these answers, one each. */
  script(path: RegExp, ...answers: ScriptedAnswer[]): void {
    this.#script.push(...answers.map((answer) => ({ path, answer })));
  }

  /** Resolves when the next request whose path matches has arrived. */
  arrival(path: RegExp): Promise<void> {
    return new Promise((arrive) => this.#waiting.push({ path, arrive }));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    const request: SimulatedRequest = {
      method: incoming.method ?? 'GET',
      url: new URL(incoming.url ?? '/', this.url),
      headers: incoming.headers,
      body: Buffer.concat(chunks),
    };
    this.requests.push(request);
    const { pathname } = request.url;
    const at = this.#script.findIndex(({ path }) => path.test(pathname));
    const [scripted] = at < 0 ? [] : this.#script.splice(at, 1);
    const answer = scripted?.answer ?? (await this.answer(request));
    const heard = this.#waiting.filter(({ path }) => path.test(pathname));
    this.#waiting = this.#waiting.filter((waiter) => !heard.includes(waiter));
    for (const { arrive } of heard) arrive();
    if (answer === 'never') return;
    if (answer === 'broken') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"half":', () => response.destroy());
      return;
    }
    send(response, answer);
  }
}

function send(response: ServerResponse, { status, headers, body, cutAfterBytes }: SimulatedAnswer): void {
  const isJson = typeof body === 'object' && !Buffer.isBuffer(body);
  const bytes = isJson ? Buffer.from(JSON.stringify(body)) : Buffer.from((body ?? '') as string);
  response.writeHead(status, {
    ...(isJson ? { 'content-type': 'application/json' } : {}),
    'content-length': String(bytes.length),
    ...headers,
  });
  if (cutAfterBytes === undefined) response.end(bytes);
  else response.write(bytes.subarray(0, cutAfterBytes), () => response.destroy());
}
