import { calibrationData } from './calibration-data.js';
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

/**
 * The probability that all words were read right, from the engine's confidences by curves that were measured; words of a
 * text layer (confidence 1) are taken as they stand.
 */
export const readingOf = (tokens: readonly Token[]): number =>
  tokens.length === 0 ? 0 : tokens.reduce((product, token) => product * rightShare(token), 1);

function rightShare({ text, confidence }: Token): number {
  if (confidence >= 1) return 1;
  const curve = calibrationData.reading[/\d/.test(text) ? 'withDigits' : 'withoutDigits'];
  const after = curve.findIndex(([from]) => from > confidence);
  const [low, high] = [curve[after < 0 ? curve.length - 1 : after - 1], curve[after]];
  if (!low) return curve[0]?.[1] ?? confidence;
  if (!high) return low[1];
  return low[1] + ((confidence - low[0]) / (high[0] - low[0])) * (high[1] - low[1]);
}

/** Keeps a number inside 0..1. */
export const unit = (value: number): number => Math.min(1, Math.max(0, value));
