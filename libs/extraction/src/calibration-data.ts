import type { EvidenceKind } from './finding.js';

type Weights = Record<'bias' | 'label' | 'reading' | 'agreement' | 'margin' | 'form', number>;
type Knots = readonly (readonly [number, number])[];

/**
 * Curves of confidence, written by test/bench/bench-extract-fit.mjs. Fitted on 120 receipts and invoices that
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
  version: 12,
  reading: {
    withDigits: [
      [0.376, 0.393],
      [0.537, 0.645],
      [0.622, 0.656],
      [0.662, 0.705],
      [0.766, 0.77],
      [0.846, 0.826],
      [0.865, 0.836],
      [0.879, 0.917],
      [0.907, 0.934],
      [0.927, 0.967],
      [0.932, 0.967],
      [0.945, 0.977],
      [0.956, 0.983],
      [0.964, 0.998],
    ],
    withoutDigits: [
      [0.218, 0.328],
      [0.49, 0.344],
      [0.617, 0.393],
      [0.697, 0.443],
      [0.746, 0.59],
      [0.784, 0.639],
      [0.83, 0.678],
      [0.868, 0.721],
      [0.89, 0.785],
      [0.905, 0.918],
      [0.917, 0.947],
      [0.937, 0.956],
      [0.954, 0.975],
      [0.957, 0.983],
      [0.965, 0.997],
    ],
    confirmed: [
      [0.481, 0.885],
      [0.674, 0.934],
      [0.75, 0.951],
      [0.821, 0.967],
      [0.895, 0.98],
      [0.957, 0.999],
    ],
  },
  sureFrom: {
    merchant: 0.9,
    address: 0.9,
    date: 0.9,
    currency: 0.9,
    amount: 0.9,
    number: 0.9,
    'line-item': 0.92,
    labelled: 0.97,
    pattern: 0.97,
  },
  weights: {
    merchant: { bias: -5.36, label: 1.36, reading: 2.69, agreement: 0.11, margin: 3.16, form: 3.1 },
    address: { bias: -11.38, label: 1.36, reading: 7.71, agreement: 0, margin: 0, form: 8.37 },
    date: { bias: -1.04, label: 0, reading: 5.91, agreement: 0.11, margin: 0, form: 0.16 },
    currency: { bias: -5.03, label: 0, reading: 2.6, agreement: 1.41, margin: 2.98, form: 4.5 },
    amount: { bias: -4.72, label: 1.12, reading: 3.92, agreement: 4.11, margin: 1.8, form: 0.84 },
    number: { bias: -4.93, label: 0, reading: 7.53, agreement: 0.67, margin: 1.47, form: 1.68 },
    'line-item': { bias: -2.81, label: 0, reading: 6.16, agreement: 1.48, margin: 0, form: 0 },
    labelled: { bias: -2.85, label: 0, reading: 7.96, agreement: 0, margin: 0, form: 0 },
    pattern: { bias: -2.85, label: 0, reading: 7.96, agreement: 0, margin: 0, form: 0 },
  },
};
