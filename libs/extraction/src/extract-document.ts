import type { builtInSchemaNames, DocumentKind, ExtractedField, JsonSchema, PageLayout } from '@waybill/contracts';
import { builtInSchemas } from './built-in-schemas.js';
import { findFactsInSteps } from './document-facts.js';
import { fillSchema, type JudgedField } from './fill-schema.js';
import { labelledValues } from './labelled-values.js';

export interface Extraction {
  readonly kind: DocumentKind;
  /** An instance of the schema. */
  readonly values: Record<string, unknown>;
  readonly fields: ExtractedField[];
}

/** An extraction with the evidence behind each confidence. */
export interface JudgedExtraction extends Extraction {
  readonly fields: JudgedField[];
}

type AskedSchema = (typeof builtInSchemaNames)[number] | JsonSchema | undefined;

/** How long extraction holds the event loop at most before others have their turn. Milliseconds. */
const sliceMs = 12;

/**
 * Extracts what a schema asks for from the layouts of one document, by rules alone. Named schemas are built in; without
 * a schema the document's kind chooses one, and a document of another kind gives its labelled values as they stand.
 */
export function extractDocument(layouts: readonly PageLayout[], schema: AskedSchema): Extraction {
  return withoutEvidence(judgeDocument(layouts, schema));
}

/**
 * The same as `extractDocument`, letting others have their turn every few milliseconds, for documents of any length.
 * Rejects with the reason of the signal once it aborts.
 */
export async function extractPatiently(
  layouts: readonly PageLayout[],
  schema: AskedSchema,
  signal: AbortSignal,
): Promise<Extraction> {
  const steps = judgeInSteps(layouts, schema);
  let sliceEnds = performance.now() + sliceMs;
  for (;;) {
    signal.throwIfAborted();
    const step = steps.next();
    if (step.done) return withoutEvidence(step.value);
    if (performance.now() < sliceEnds) continue;
    await new Promise((resume) => setImmediate(resume));
    sliceEnds = performance.now() + sliceMs;
  }
}

/** The same as `extractDocument`, with evidence: for fitting and checking confidences. */
export const judgeDocument = (layouts: readonly PageLayout[], schema: AskedSchema): JudgedExtraction =>
  runToEnd(judgeInSteps(layouts, schema));

/** What a document is, from the layouts of its first pages. */
export function classifyDocument(layouts: readonly PageLayout[]): DocumentKind {
  return runToEnd(findFactsInSteps(layouts)).kind;
}

function* judgeInSteps(layouts: readonly PageLayout[], schema: AskedSchema): Generator<void, JudgedExtraction> {
  const facts = yield* findFactsInSteps(layouts);
  const chosen = schema ?? (facts.kind === 'receipt' || facts.kind === 'invoice' ? facts.kind : undefined);
  if (chosen === undefined) return { kind: facts.kind, ...labelledValues(facts.text) };
  const asked = typeof chosen === 'string' ? builtInSchemas[chosen] : chosen;
  return { kind: facts.kind, ...(yield* fillSchema(facts, asked)) };
}

function runToEnd<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const withoutEvidence = ({ fields, ...extraction }: JudgedExtraction): Extraction => ({
  ...extraction,
  fields: fields.map(({ judged: _judged, ...field }) => field),
});
