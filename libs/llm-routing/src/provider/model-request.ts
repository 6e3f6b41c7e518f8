import type { BlobReference, JsonSchema } from '@waybill/contracts';
import type { CallService } from '../catalog/prices.js';
import type { ImageDetail } from '../image-tokens/estimate-image-tokens.js';
import type { DocumentReading } from './document-reading.js';

/** Bytes in hand, bytes in the document store, or a web address that the provider itself fetches. */
export type PartSource =
  { readonly bytes: Uint8Array } | { readonly reference: BlobReference } | { readonly url: string };

export interface TextPart {
  readonly type: 'text';
  readonly text: string;
}

export interface ImagePart {
  readonly type: 'image';
  readonly mediaType: string;
  readonly source: PartSource;
  readonly detail: ImageDetail;
  /** What it shows of a document, and how large it is, where that is known. */
  readonly shows?: { readonly page: number; readonly widthPx: number; readonly heightPx: number };
}

export interface PdfPart {
  readonly type: 'pdf';
  readonly name: string;
  readonly source: PartSource;
}

/** The model wants a tool to be used. `input` is the parsed argument object. */
export interface ToolCall {
  readonly type: 'tool-call';
  readonly callId: string;
  readonly tool: string;
  readonly input: unknown;
}

export type Message =
  | { readonly role: 'system'; readonly text: string }
  | { readonly role: 'user'; readonly parts: readonly (TextPart | ImagePart | PdfPart)[] }
  | { readonly role: 'assistant'; readonly parts: readonly (TextPart | ToolCall)[] }
  | { readonly role: 'tool'; readonly callId: string; readonly tool: string; readonly output: string };

export interface Tool {
  readonly name: string;
  readonly description?: string;
  readonly inputSchema: JsonSchema;
}

/**
 * How tier 0 answers: by what is known of the document, in this process, at no cost. Whoever asks brings it along;
 * language models answer the messages.
 */
export type DocumentRules = (signal: AbortSignal) => Promise<DocumentReading>;

/** One call of one model. */
export interface ModelRequest {
  /** The provider's own name of the model, from the catalog. */
  readonly model: string;
  readonly messages: readonly Message[];
  readonly rules?: DocumentRules;
  readonly tools?: readonly Tool[];
  readonly toolChoice?: 'auto' | 'none' | 'required' | { readonly tool: string };
  /** The answer is JSON of this schema. */
  readonly schema?: { readonly name: string; readonly schema: JsonSchema };
  /** Always stated: without it, some providers cap answers of models that they do not know. */
  readonly maxOutputTokens: number;
  readonly temperature?: number;
  /** No answer is wanted after this moment. */
  readonly deadline: Date;
  /** The same for every attempt that must not be paid twice. */
  readonly idempotencyKey: string;
  /** At which service the call is wanted; the usual one when absent. Only of those that the provider names. */
  readonly service?: CallService;
  /** Which of the provider's keys to use, as admitted; drawn by the provider when absent or not known to it. */
  readonly key?: string;
}
