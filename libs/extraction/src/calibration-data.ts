import type { EvidenceKind } from './finding.js';

type Weights = Record<'bias' | 'label' | 'reading' | 'agreement' | 'margin' | 'form', number>;
type Knots = readonly (readonly [number, number])[];

/**
 * Curves of confidence, written by test/bench/bench-extract-fit.mjs. Fitted on 100 receipts and invoices that
 * libs/samples invents, pictures badly, and that the project's own OCR reads, and on 60 that are read with
 * simulated slips; no other document has a part in them. `pattern` takes the weights of `labelled`.
 */
export const calibrationData: {
  readonly version: number;
  /** Share of words read right at an engine's confidence, as knots of a line; confirmed ones have more to speak for them. */
  readonly reading: Readonly<Record<'withDigits' | 'withoutDigits' | 'confirmed', Knots>>;
  /** A value with a lower probability is not called sure (.9): found on pictures judged by curves of other pictures. */
  readonly sureFrom: Readonly<Record<EvidenceKind, number>>;
  readonly weights: Readonly<Record<EvidenceKind, Weights>>;
} = {
  version: 11,
  reading: {
    withDigits: [
      [0.424, 0.607],
      [0.58, 0.694],
      [0.686, 0.702],
      [0.773, 0.776],
      [0.839, 0.826],
      [0.861, 0.836],
      [0.873, 0.902],
      [0.904, 0.945],
      [0.925, 0.95],
      [0.931, 0.967],
      [0.957, 0.995],
    ],
    withoutDigits: [
      [0.31, 0.426],
      [0.599, 0.492],
      [0.693, 0.574],
      [0.743, 0.639],
      [0.781, 0.689],
      [0.836, 0.711],
      [0.881, 0.76],
      [0.912, 0.944],
      [0.922, 0.951],
      [0.932, 0.96],
      [0.951, 0.972],
      [0.964, 0.997],
    ],
    confirmed: [
      [0.534, 0.967],
      [0.791, 0.983],
      [0.952, 1],
    ],
  },
  sureFrom: {
    merchant: 0.9,
    address: 0.9,
    date: 0.9,
    currency: 0.9,
    amount: 0.9,
    number: 0.9,
    'line-item': 0.925,
    labelled: 0.97,
    pattern: 0.97,
  },
  weights: {
    merchant: { bias: -5.69, label: 1.46, reading: 0.9, agreement: 0.11, margin: 4.13, form: 3.38 },
    address: { bias: -11.31, label: 1.62, reading: 8.6, agreement: 0, margin: 0.04, form: 7.43 },
    date: { bias: -1.9, label: 0, reading: 6.41, agreement: 0.11, margin: 0, form: 0.63 },
    currency: { bias: -5.97, label: 0, reading: 1.28, agreement: 2.15, margin: 4.51, form: 4.62 },
    amount: { bias: -2.91, label: 0.84, reading: 2.6, agreement: 3.72, margin: 2.32, form: 0 },
    number: { bias: -5.38, label: 0, reading: 8.14, agreement: 0.45, margin: 1.51, form: 1.75 },
    'line-item': { bias: -2.87, label: 0.25, reading: 5.86, agreement: 1.12, margin: 0.25, form: 0 },
    labelled: { bias: -2.54, label: 0, reading: 6.87, agreement: 0, margin: 0, form: 0 },
    pattern: { bias: -2.54, label: 0, reading: 6.87, agreement: 0, margin: 0, form: 0 },
  },
};
