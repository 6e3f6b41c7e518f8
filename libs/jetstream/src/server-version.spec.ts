import { describe, expect, it } from '@jest/globals';
import type { NatsConnection } from '@nats-io/transport-node';
import { refuseOldServer } from './server-version.js';

const server = (version: string): Pick<NatsConnection, 'info' | 'getServer'> => ({
  info: { version } as NonNullable<NatsConnection['info']>,
  getServer: () => 'nats.example:4222',
});

describe('the server’s version', () => {
  it.each(['2.11.0', '2.11.10', '2.14.0', '2.12.0-RC.1', '3.0.0'])('%s will do', (version) => {
    expect(() => refuseOldServer(server(version))).not.toThrow();
  });

  it.each(['2.10.29', '2.9.10', '1.99.99', ''])('"%s" is refused with a sentence', (version) => {
    expect(() => refuseOldServer(server(version))).toThrow(/nats\.example:4222 is version .*; upgrade it to 2\.11\.0/);
  });
});
