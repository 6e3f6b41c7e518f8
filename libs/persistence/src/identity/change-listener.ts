import { Client } from 'pg';
import type { KeyWatch } from '@waybill/identity';

const reconnectMs = 1_000;

/**
 * Listens to one channel on a connection of its own, and connects again when that is lost. Whoever listens is called at
 * each notification, and after each connection, since something may have been missed before it.
 */
export class ChangeListener implements KeyWatch {
  private client: Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;
  private connecting: Promise<void>;

  constructor(
    private readonly url: string,
    private readonly channel: string,
    private readonly onChange: () => void,
  ) {
    this.connecting = this.connect();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    await this.connecting;
    const { client } = this;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  /** Never rejects: a database that is away is tried again. */
  private async connect(): Promise<void> {
    const client = new Client({ connectionString: this.url, keepAlive: true, connectionTimeoutMillis: 5_000 });
    client.on('notification', () => this.onChange());
    client.on('error', () => this.connectAgain(client));
    client.on('end', () => this.connectAgain(client));
    this.client = client;
    try {
      await client.connect();
      await client.query(`LISTEN ${this.channel}`);
      this.onChange();
    } catch {
      this.connectAgain(client);
    }
  }

  private connectAgain(lost: Client): void {
    if (this.isClosed || this.client !== lost) return;
    this.client = undefined;
    void lost.end().catch(() => undefined);
    this.timer = setTimeout(() => {
      this.connecting = this.connect();
    }, reconnectMs).unref();
  }
}
