import type { NatsConnection } from '@nats-io/transport-node';
import { ConfigurationError } from '@waybill/platform';

/** 2.11 brought the batched direct get that the event log reads page endings with, and `term` with a reason. */
const lowestVersion = [2, 11, 0] as const;

/** @throws ConfigurationError when the server is older than the lowest version that has what the transport uses. */
export function refuseOldServer(connection: Pick<NatsConnection, 'info' | 'getServer'>): void {
  const version = connection.info?.version ?? '0';
  if (isAtLeast(version)) return;
  throw new ConfigurationError(
    `The NATS server at ${connection.getServer()} is version ${version}; ` +
      `upgrade it to ${lowestVersion.join('.')} or newer, or set NATS_URL to one that is.`,
  );
}

function isAtLeast(version: string): boolean {
  const parts = version.split('-')[0]?.split('.').map(Number) ?? [];
  for (const [index, wanted] of lowestVersion.entries()) {
    const given = parts[index] ?? 0;
    if (given !== wanted) return given > wanted;
  }
  return true;
}
