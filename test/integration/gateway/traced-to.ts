import type { OtlpReceiver } from '../../support/otlp-receiver.js';

/** Opens something whose spans go to the receiver: OpenTelemetry is told by the variables of the process alone. */
export async function tracedTo<Opened>(receiver: OtlpReceiver, open: () => Promise<Opened>): Promise<Opened> {
  const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_BSP_SCHEDULE_DELAY: '50' };
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  try {
    return await open();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
