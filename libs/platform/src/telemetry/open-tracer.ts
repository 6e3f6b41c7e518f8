import { silentTracer, type Tracer } from '@waybill/telemetry';

/** Where spans of the process go. */
export const TRACER = Symbol('TRACER');

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * A tracer when OpenTelemetry's standard variables name an endpoint for OTLP over HTTP, else the silent one. The SDK is
 * loaded in the first case only.
 */
export async function openTracer(service: string, variables: Variables): Promise<Tracer> {
  if (!isWanted(variables)) return silentTracer;
  const { OtelTracer } = await import('./otel-tracer.js');
  return OtelTracer.open(service);
}

function isWanted({
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: ofTraces,
  OTEL_SDK_DISABLED: disabled,
  OTEL_TRACES_EXPORTER: exporter = 'otlp',
}: Variables): boolean {
  return Boolean(endpoint ?? ofTraces) && disabled !== 'true' && exporter === 'otlp';
}
