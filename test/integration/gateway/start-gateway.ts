import { connect, provision } from '@waybill/jetstream';
import { createLogger, loadEnvironment, openService } from '@waybill/platform';
import { gatewayService } from '../../../apps/gateway/src/gateway-service.js';
import { startTestNats } from '../../support/index.js';

export interface TestGateway {
  /** With `/v1`. */
  readonly baseUrl: string;
  stop(): Promise<void>;
}

/** A real gateway in this process; without a ledger, and with a NATS of its own, unless the variables say otherwise. */
export async function startGateway(variables: Record<string, string>): Promise<TestGateway> {
  if (variables['NATS_URL'] !== undefined) return await openGateway(variables);
  const nats = await startTestNats();
  try {
    const gateway = await openGateway({ NATS_URL: nats.url, ...variables });
    return { ...gateway, stop: () => gateway.stop().then(() => nats.stop()) };
  } catch (error) {
    await nats.stop();
    throw error;
  }
}

async function openGateway(variables: Record<string, string>): Promise<TestGateway> {
  const environment = loadEnvironment({
    WAYBILL_LOG_LEVEL: process.env['WAYBILL_TEST_LOG'] ?? 'silent',
    WAYBILL_GATEWAY_LEDGER: 'none',
    WAYBILL_AUTH: 'none',
    ...variables,
  });
  await provisionStreams(environment);
  const app = await openService(gatewayService, environment, createLogger('gateway', environment));
  const stop = async () => {
    // A client may have opened a connection that it never used; nobody else would end that.
    app.getHttpServer().closeAllConnections();
    await app.close();
  };
  return { baseUrl: `${await app.getUrl()}/v1`, stop };
}

export async function provisionStreams(environment: ReturnType<typeof loadEnvironment>): Promise<void> {
  const connection = await connect(environment, 'test-provision');
  await provision(connection, environment);
  await connection.close();
}
