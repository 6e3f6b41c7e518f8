import { createLogger, loadEnvironment, openService } from '@waybill/platform';
import { gatewayService } from '../../../apps/gateway/src/gateway-service.js';

export interface TestGateway {
  /** With `/v1`. */
  readonly baseUrl: string;
  stop(): Promise<void>;
}

/** A real gateway in this process; without a ledger unless the variables say otherwise. */
export async function startGateway(variables: Record<string, string>): Promise<TestGateway> {
  const environment = loadEnvironment({
    WAYBILL_LOG_LEVEL: process.env['WAYBILL_TEST_LOG'] ?? 'silent',
    WAYBILL_GATEWAY_LEDGER: 'none',
    WAYBILL_AUTH: 'none',
    ...variables,
  });
  const app = await openService(gatewayService, environment, createLogger('gateway', environment));
  const stop = () => {
    // A client may have opened a connection that it never used; nobody else would end that.
    app.getHttpServer().closeAllConnections();
    return app.close();
  };
  return { baseUrl: `${await app.getUrl()}/v1`, stop };
}
