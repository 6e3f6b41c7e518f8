import type { Box, PageLayout } from '@waybill/contracts';
import type { TextView } from './text/text-view.js';

/** Where a guardrail works: on what would be sent, or on what was answered. */
export const guardrailPlaces = ['before-model', 'after-answer'] as const;
export type GuardrailPlace = (typeof guardrailPlaces)[number];

/** A QR or bar code in the picture of a page. */
export interface PageCode {
  readonly text: string;
  readonly format: string;
  readonly box: Box;
}

/** A picture made small, one byte a pixel, 0 black. */
export interface GrayPicture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What guardrails see: a text, and, where it is that of a page, what else is known of the page. */
export interface GuardSubject {
  readonly view: TextView;
  readonly layout?: PageLayout;
  readonly codes?: readonly PageCode[];
  readonly picture?: GrayPicture;
}

/** Something that a guardrail found. */
export interface Finding {
  readonly guardrail: string;
  readonly kind: string;
  /** How sure, 0..1. */
  readonly score: number;
  /** In characters of the subject's text; absent for what is not text. */
  readonly span?: { readonly start: number; readonly end: number };
  /** Of what is not made of words. */
  readonly boxes?: readonly Box[];
  /** Text that is no part of the page's words: hidden, or in a code. */
  readonly text?: string;
  /** Where the document says it, as a few words; never the value itself. */
  readonly remark?: string;
}

/** One guardrail: a folder with one of these, and a line in the registry. Pure; the same subject gives the same findings. */
export interface Guardrail {
  readonly id: string;
  readonly places: readonly GuardrailPlace[];
  readonly kinds: readonly string[];
  /** It looks at the picture of a page or at codes in it, too. */
  readonly usesPicture?: boolean;
  inspect(subject: GuardSubject): readonly Finding[];
}
