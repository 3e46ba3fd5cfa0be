/**
 * OpenTelemetry spans from the gateway to SQL, where OTEL_EXPORTER_OTLP_ENDPOINT names a collector. What leaves is
 * chosen name by name: no document, no variable, no message, no attribute a library thought of.
 */
import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
} from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';
import type { DataSource } from './data-source.ts';

const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
/** Of our own spans and the gateway library's; a span of any other name does not leave. */
const NAMES = /^(request|subgraph\.(fetch|execute)|sql|gateway\.[a-z]+)$/;
const ATTRIBUTES = [
  'graphql.operation.type',
  'xueji.operation',
  'xueji.subgraph',
  'xueji.cost',
  'db.query.text',
];

const tracer = trace.getTracer('xueji');
let started = false;

/** Starts sending spans; what it resolves with stops that when the last ones are out. */
export async function startTraces(
  service: string,
  endpoint: string | undefined,
): Promise<() => Promise<void>> {
  if (!endpoint || started) return () => Promise.resolve();
  started = true;
  // Only here, because a third of a second is long for who traces nothing.
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { BatchSpanProcessor, NodeTracerProvider } = await import('@opentelemetry/sdk-trace-node');
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const only = onlyWhatMayLeave(exporter, service);
  const provider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(only)] });
  provider.register();
  return () => provider.shutdown().catch(() => undefined);
}

/** Cuts every span down to what may leave; of the process only its name. */
function onlyWhatMayLeave(exporter: SpanExporter, service: string): SpanExporter {
  const resource = { attributes: { 'service.name': service } };
  const cut = (span: ReadableSpan) => cutDown(span, resource);
  return {
    export: (spans, done) => exporter.export(spans.filter(({ name }) => NAMES.test(name)).map(cut), done),
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}

function cutDown(span: ReadableSpan, resource: object): ReadableSpan {
  const kept = ATTRIBUTES.flatMap((name) =>
    span.attributes[name] === undefined ? [] : [[name, span.attributes[name]]],
  );
  // A span is an object of a class, so that its fields are laid over and not copied.
  return Object.create(span, {
    attributes: { value: Object.fromEntries(kept) as Attributes },
    resource: { value: resource },
    events: { value: [] },
    links: { value: [] },
    status: { value: { code: span.status.code } },
  }) as ReadableSpan;
}

/** Does the work in a span of its own; an error marks it, and says nothing in it. */
export function spanned<T>(
  name: string,
  attributes: Attributes,
  work: (set: (more: Attributes) => void) => Promise<T>,
  { kind = SpanKind.INTERNAL, parent = context.active() }: { kind?: SpanKind; parent?: Context } = {},
): Promise<T> {
  if (!started) return work(() => undefined);
  return tracer.startActiveSpan(name, { attributes, kind }, parent, async (span) => {
    try {
      return await work((more) => void span.setAttributes(more));
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

export const traced = (source: DataSource): DataSource => ({
  ...source,
  ask: (request, call) =>
    spanned('subgraph.fetch', { 'xueji.subgraph': source.name }, () => source.ask(request, call), {
      kind: SpanKind.CLIENT,
    }),
});

/** The headers that lead the next process to this span; none where nothing is traced. */
export function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  if (started) propagation.inject(context.active(), headers);
  const { traceparent } = headers;
  return traceparent ? { traceparent } : {};
}

/** The span of whoever called, if its header is one; nothing else of a caller's text is taken over. */
export function callerSpan(traceparent: string | undefined): Context {
  if (!started || !traceparent || !TRACEPARENT.test(traceparent)) return ROOT_CONTEXT;
  return propagation.extract(ROOT_CONTEXT, { traceparent });
}
