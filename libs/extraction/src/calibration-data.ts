import type { EvidenceKind } from './finding.js';

type Weights = Record<'bias' | 'label' | 'reading' | 'agreement' | 'margin' | 'form', number>;
type Knots = readonly (readonly [number, number])[];

/**
 * Curves of confidence, written by test/bench/bench-extract-fit.mjs. Fitted on 150 receipts and invoices that
 * libs/samples invents, pictures badly, and that the project's own OCR reads, and on 60 that are read with
 * simulated slips; no other document has a part in them. `pattern` takes the weights of `labelled`.
 */
export const calibrationData: {
  readonly version: number;
  /** Share of words read right at an engine's confidence, as knots of a line. */
  readonly reading: Readonly<Record<'withDigits' | 'withoutDigits', Knots>>;
  /** A value with a lower probability is not called sure (.9): found on pictures that had no part in the curves. */
  readonly sureFrom: Readonly<Record<EvidenceKind, number>>;
  readonly weights: Readonly<Record<EvidenceKind, Weights>>;
} = {
  version: 8,
  reading: {
    withDigits: [
      [0.376, 0.426],
      [0.511, 0.492],
      [0.594, 0.541],
      [0.687, 0.558],
      [0.773, 0.669],
      [0.824, 0.678],
      [0.851, 0.754],
      [0.872, 0.81],
      [0.887, 0.836],
      [0.904, 0.895],
      [0.918, 0.926],
      [0.923, 0.934],
      [0.932, 0.95],
      [0.943, 0.951],
      [0.948, 0.967],
      [0.955, 0.977],
      [0.963, 0.98],
      [0.968, 0.99],
    ],
    withoutDigits: [
      [0.401, 0.331],
      [0.68, 0.503],
      [0.769, 0.607],
      [0.809, 0.686],
      [0.848, 0.719],
      [0.879, 0.818],
      [0.895, 0.852],
      [0.905, 0.901],
      [0.911, 0.918],
      [0.917, 0.934],
      [0.922, 0.934],
      [0.926, 0.961],
      [0.938, 0.967],
      [0.951, 0.967],
      [0.963, 0.994],
    ],
  },
  sureFrom: {
    merchant: 0.93,
    address: 0.9,
    date: 0.9,
    currency: 0.9,
    amount: 0.9,
    number: 0.9,
    'line-item': 0.9,
    labelled: 0.9,
    pattern: 0.9,
  },
  weights: {
    merchant: { bias: -4.47, label: 2.39, reading: 2.59, agreement: 0.11, margin: 4.26, form: 0 },
    address: { bias: -13.44, label: 0.18, reading: 9.43, agreement: 1.81, margin: 0.59, form: 8.42 },
    date: { bias: -2.9, label: 1.22, reading: 4.66, agreement: 0.11, margin: 0.02, form: 2.94 },
    currency: { bias: -4.09, label: 0, reading: 1.28, agreement: 1.29, margin: 4.32, form: 3.13 },
    amount: { bias: -5.78, label: 1.22, reading: 1.91, agreement: 4.54, margin: 2.21, form: 2.58 },
    number: { bias: -4.74, label: 0, reading: 7.39, agreement: 1.26, margin: 1.63, form: 1.69 },
    'line-item': { bias: -2.21, label: 0, reading: 5.57, agreement: 1.64, margin: 0, form: 0 },
    labelled: { bias: -3.01, label: 0, reading: 9.06, agreement: 0.11, margin: 0, form: 0 },
    pattern: { bias: -3.01, label: 0, reading: 9.06, agreement: 0.11, margin: 0, form: 0 },
  },
};
