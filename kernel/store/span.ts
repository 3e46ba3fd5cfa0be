/** A span for each statement where traces are on: its text, in which values are question marks, and nothing of a row. */
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

const tracer = trace.getTracer('xueji');
const LONGEST = 500;

export function inSpan<T>(text: string, work: () => Promise<T>): Promise<T> {
  const attributes = { 'db.query.text': text.replace(/\?(?:\s*,\s*\?)+/g, '?…').slice(0, LONGEST) };
  return tracer.startActiveSpan('sql', { kind: SpanKind.CLIENT, attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
