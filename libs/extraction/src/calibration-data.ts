import type { EvidenceKind } from './finding.js';

type Weights = Record<'bias' | 'label' | 'reading' | 'agreement' | 'margin' | 'form', number>;
type Knots = readonly (readonly [number, number])[];

/**
 * Curves of confidence, written by test/bench/bench-extract-fit.mjs. Fitted on 190 receipts and invoices that
 * libs/samples invents, pictures badly, and that the project's own OCR reads, and on 60 that are read with
 * simulated slips; no other document has a part in them. `pattern` takes the weights of `labelled`.
 */
export const calibrationData: {
  readonly version: number;
  /** Share of words read right at an engine's confidence, as knots of a line. */
  readonly reading: Readonly<Record<'withDigits' | 'withoutDigits' | 'confirmed', Knots>>;
  /** A value with a lower probability is not called sure (.9): found on pictures that had no part in the curves. */
  readonly sureFrom: Readonly<Record<EvidenceKind, number>>;
  readonly weights: Readonly<Record<EvidenceKind, Weights>>;
} = {
  version: 7,
  reading: {
    withDigits: [
      [0.344, 0.279],
      [0.425, 0.328],
      [0.496, 0.393],
      [0.588, 0.43],
      [0.672, 0.545],
      [0.719, 0.557],
      [0.758, 0.595],
      [0.783, 0.623],
      [0.798, 0.672],
      [0.823, 0.686],
      [0.853, 0.744],
      [0.875, 0.796],
      [0.892, 0.884],
      [0.904, 0.895],
      [0.916, 0.912],
      [0.932, 0.956],
      [0.94, 0.967],
      [0.95, 0.977],
      [0.95, 0.983],
      [0.959, 0.996],
    ],
    confirmed: [
      [0.3, 0.9],
      [0.9, 0.995],
    ],
    withoutDigits: [
      [0.33, 0.213],
      [0.406, 0.262],
      [0.496, 0.314],
      [0.6, 0.479],
      [0.677, 0.545],
      [0.727, 0.574],
      [0.758, 0.607],
      [0.783, 0.639],
      [0.825, 0.685],
      [0.863, 0.868],
      [0.878, 0.885],
      [0.888, 0.902],
      [0.89, 0.934],
      [0.905, 0.953],
      [0.915, 0.975],
      [0.951, 0.995],
    ],
  },
  sureFrom: {
    merchant: 0.9,
    address: 0.9,
    date: 0.9,
    currency: 0.9,
    amount: 0.9,
    number: 0.9,
    'line-item': 0.97,
    labelled: 0.97,
    pattern: 0.97,
  },
  weights: {
    merchant: { bias: -4.03, label: 2.9, reading: 4.55, agreement: 0.11, margin: 2.46, form: 0 },
    address: { bias: -13.74, label: 1.5, reading: 7.88, agreement: 3.22, margin: 0.04, form: 7.51 },
    date: { bias: 0.67, label: 1.04, reading: 0.82, agreement: 0.11, margin: 0, form: 2.63 },
    currency: { bias: -1.6, label: 0, reading: 2.08, agreement: 2.59, margin: 4.76, form: 0.49 },
    amount: { bias: -5.12, label: 1.11, reading: 3.45, agreement: 4.32, margin: 1.91, form: 1.49 },
    number: { bias: -4.02, label: 0, reading: 8.09, agreement: 1.51, margin: 0.77, form: 1.71 },
    'line-item': { bias: -2.5, label: 0, reading: 5.58, agreement: 1.89, margin: 0, form: 0 },
    labelled: { bias: -7.58, label: 0.21, reading: 8.77, agreement: 0.11, margin: 5.16, form: 0 },
    pattern: { bias: -7.58, label: 0.21, reading: 8.77, agreement: 0.11, margin: 5.16, form: 0 },
  },
};
