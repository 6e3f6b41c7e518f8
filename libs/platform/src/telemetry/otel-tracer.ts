import type { OnApplicationShutdown } from '@nestjs/common';
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Context,
  type Span,
  type Tracer as SdkTracer,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { SpanAttributes, SpanFacts, StageSpan, Tracer } from '@waybill/telemetry';

const kinds = { internal: SpanKind.INTERNAL, client: SpanKind.CLIENT } as const;

/** Spans by OpenTelemetry's SDK to a collector, over OTLP/HTTP; endpoint, headers and sampling by the standard variables. */
export class OtelTracer implements Tracer, OnApplicationShutdown {
  private readonly tracer: SdkTracer;

  private constructor(private readonly provider: TracerProvider) {
    this.tracer = provider.getTracer('waybill');
  }

  static open(service: string): OtelTracer {
    const own = resourceFromAttributes({ 'service.name': `waybill-${service}`, 'service.namespace': 'waybill' });
    const resource = defaultResource()
      .merge(own)
      .merge(detectResources({ detectors: [envDetector] }));
    const processor = new BatchSpanProcessor({ exporter: new OTLPTraceExporter(), ...batchLimits(process.env) });
    return new OtelTracer(new TracerProvider({ resource, spanProcessors: [processor] }));
  }

  begin(name: string, parent: string, attributes: () => SpanAttributes): StageSpan {
    const options = { kind: SpanKind.CONSUMER, attributes: known(attributes()) };
    const span = this.tracer.startSpan(name, options, contextOf(parent));
    return {
      traceparent: traceparentOf(span),
      end: (more, failure) => {
        span.setAttributes(known(more));
        if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
        span.end();
      },
    };
  }

  record(parent: string, spans: () => readonly SpanFacts[]): void {
    for (const facts of spans()) this.recordIn(contextOf(parent), facts);
  }

  /** What is not sent yet is sent now, if the collector answers. */
  async onApplicationShutdown(): Promise<void> {
    await this.provider.shutdown().catch(() => undefined);
  }

  private recordIn(context: Context, { name, kind, startMs, endMs, attributes, failure, children }: SpanFacts): void {
    // The SDK takes small numbers for times since the start of the process.
    const options = { kind: kinds[kind], startTime: new Date(startMs), attributes: known(attributes) };
    const span = this.tracer.startSpan(name, options, context);
    if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
    for (const child of children) this.recordIn(trace.setSpan(context, span), child);
    span.end(new Date(endMs));
  }
}

/** OpenTelemetry's variables for batches of spans, which its processor does not read by itself. What is no number above 0 is passed over. */
function batchLimits(variables: Readonly<Record<string, string | undefined>>) {
  const named = {
    scheduledDelayMillis: variables['OTEL_BSP_SCHEDULE_DELAY'],
    exportTimeoutMillis: variables['OTEL_BSP_EXPORT_TIMEOUT'],
    maxQueueSize: variables['OTEL_BSP_MAX_QUEUE_SIZE'],
    maxExportBatchSize: variables['OTEL_BSP_MAX_EXPORT_BATCH_SIZE'],
  };
  const told = Object.entries(named).filter(([, value]) => Number(value) > 0);
  return Object.fromEntries(told.map(([name, value]) => [name, Number(value)]));
}

function contextOf(traceparent: string): Context {
  const [, traceId = '', spanId = '', flags = '00'] = traceparent.split('-');
  const traceFlags = parseInt(flags, 16) & TraceFlags.SAMPLED;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${(traceFlags & TraceFlags.SAMPLED).toString(16).padStart(2, '0')}`;
}

const known = (attributes: SpanAttributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
