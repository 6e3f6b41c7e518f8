import { serviceNames } from '@waybill/contracts';
import { connect, verifyTopology } from '@waybill/jetstream';
import { ConfigurationError } from '@waybill/platform';
import { fail, ok, type Finding, type Surroundings } from './finding.js';

/** NATS answers, is new enough, and has every stream and consumer as its contract says. */
export async function checkNats(surroundings: Surroundings): Promise<Finding | Finding[]> {
  const { servers, environment, commandLine } = surroundings;
  if (servers.natsUrl === undefined) return ok('NATS', `NATS_URL is not set; \`${commandLine('up')}\` brings its own`);
  try {
    const named = { ...environment, NATS_URL: servers.natsUrl };
    const connection = await connect(named, 'waybill-doctor');
    try {
      const checks = await Promise.allSettled(
        serviceNames.map((service) => verifyTopology(connection, named, service)),
      );
      const sentences = checks.flatMap((check) => (check.status === 'rejected' ? sentencesOf(check.reason) : []));
      const server = ok('NATS', `${connection.info?.version ?? 'unknown version'} at ${connection.getServer()}`);
      const advice = `Run \`${commandLine('provision')}\`.`;
      const streams = [...new Set(sentences)].map((sentence) => fail('streams', sentence, advice));
      return [
        server,
        ...(streams.length > 0 ? streams : [ok('streams', 'all streams and consumers as their contracts say')]),
      ];
    } finally {
      await connection.close();
    }
  } catch (error) {
    return sentencesOf(error).map((sentence) =>
      fail('NATS', sentence, 'Correct NATS_URL, or unset it to use an embedded server.'),
    );
  }
}

/** The sentences of a refusal; anything else is a bug and goes on. */
function sentencesOf(error: unknown): string[] {
  if (error instanceof ConfigurationError) return error.message.split('\n');
  throw error;
}
