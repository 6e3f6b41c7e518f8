import type { EvidenceKind } from './finding.js';

type Weights = Record<'bias' | 'label' | 'reading' | 'agreement' | 'margin' | 'form', number>;
type Knots = readonly (readonly [number, number])[];

/**
 * Curves of confidence, written by test/bench/bench-extract-fit.mjs. Fitted on 64 receipts and invoices that
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
  version: 10,
  reading: {
    withDigits: [
      [0.451, 0.525],
      [0.657, 0.694],
      [0.745, 0.705],
      [0.804, 0.752],
      [0.851, 0.836],
      [0.874, 0.869],
      [0.898, 0.893],
      [0.918, 0.942],
      [0.928, 0.967],
      [0.946, 0.975],
      [0.96, 0.983],
      [0.966, 0.997],
    ],
    withoutDigits: [
      [0.39, 0.295],
      [0.669, 0.459],
      [0.78, 0.656],
      [0.857, 0.669],
      [0.9, 0.869],
      [0.919, 0.938],
      [0.939, 0.956],
      [0.958, 0.981],
      [0.963, 0.983],
      [0.967, 0.998],
    ],
    confirmed: [[0.932, 0.999]],
  },
  sureFrom: {
    merchant: 0.9,
    address: 0.97,
    date: 0.9,
    currency: 0.9,
    amount: 0.9,
    number: 0.9,
    'line-item': 0.9,
    labelled: 0.97,
    pattern: 0.97,
  },
  weights: {
    merchant: { bias: -5.69, label: 2.34, reading: 1.22, agreement: 0.11, margin: 2.96, form: 3.49 },
    address: { bias: -13.52, label: 0.69, reading: 9.43, agreement: 2.41, margin: 0.48, form: 7.35 },
    date: { bias: -0.33, label: 0, reading: 4.41, agreement: 0.11, margin: 0, form: 0.91 },
    currency: { bias: -0.72, label: 0, reading: 1.67, agreement: 1.67, margin: 0, form: 3.77 },
    amount: { bias: -4.01, label: 0, reading: 2.73, agreement: 3.63, margin: 2.62, form: 1.47 },
    number: { bias: -6.36, label: 0.69, reading: 10.09, agreement: 0.28, margin: 0.69, form: 1.41 },
    'line-item': { bias: -2.15, label: 0, reading: 5.4, agreement: 1.68, margin: 0, form: 0 },
    labelled: { bias: -2.64, label: 0, reading: 7.64, agreement: 0.11, margin: 0, form: 0 },
    pattern: { bias: -2.64, label: 0, reading: 7.64, agreement: 0.11, margin: 0, form: 0 },
  },
};
