import type { ExtractTask, JsonSchema, PageLayout } from '@waybill/contracts';
import { builtInSchemas } from './built-in-schemas.js';
import { classifyDocument } from './extract-document.js';

/** The kind shows on the first pages. */
const pagesForKind = 3;

/** The schema that a task asks a document for; none when neither the client nor the document's kind names one. */
export function chooseSchema(layouts: readonly PageLayout[], wanted: ExtractTask['schema']): JsonSchema | undefined {
  if (typeof wanted === 'object') return wanted;
  if (wanted !== undefined) return builtInSchemas[wanted];
  const kind = classifyDocument(layouts.slice(0, pagesForKind));
  return kind === 'receipt' || kind === 'invoice' ? builtInSchemas[kind] : undefined;
}
