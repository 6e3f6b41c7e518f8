import type { Token } from './document-text.js';

/**
 * What speaks for a value, each 0..1. Calibration turns it into a probability, so that every kind of value is judged
 * by the same things.
 */
export interface Evidence {
  /** How clearly a label or the place names it. */
  readonly label: number;
  /** How surely all its words were read. */
  readonly reading: number;
  /** How much else agrees: sums that add up, the value repeated. */
  readonly agreement: number;
  /** How far it is ahead of the next best other value. */
  readonly margin: number;
  /** How well the text has the form of such a value. */
  readonly form: number;
}

/** A value found on the page. */
export interface Finding<Value extends string | number | boolean = string | number | boolean> {
  readonly value: Value;
  /** As it is printed, without its label. */
  readonly printed: string;
  readonly tokens: readonly Token[];
  readonly evidence: Evidence;
}

export type EvidenceKind =
  'merchant' | 'address' | 'date' | 'currency' | 'amount' | 'number' | 'line-item' | 'labelled' | 'pattern';

/** Keeps a number inside 0..1. */
export const unit = (value: number): number => Math.min(1, Math.max(0, value));
