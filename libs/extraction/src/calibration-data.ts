import type { EvidenceKind } from './finding.js';

type Weights = Record<'bias' | 'label' | 'reading' | 'agreement' | 'margin' | 'form', number>;

/**
 * Weights of the evidence, written by test/bench/bench-extract-fit.mjs. Fitted on 1200 receipts and invoices that
 * libs/samples invents and reads with simulated slips; no other document has a part in them. `pattern` takes the
 * weights of `labelled`.
 */
export const calibrationData: {
  readonly version: number;
  readonly weights: Readonly<Record<EvidenceKind, Weights>>;
} = {
  version: 1,
  weights: {
    merchant: {
      bias: -7.98,
      label: 1.45,
      reading: 8.31,
      agreement: 0,
      margin: 1.41,
      form: 0,
    },
    address: {
      bias: -13.95,
      label: 1.7,
      reading: 10.41,
      agreement: 3.08,
      margin: 0.44,
      form: 1.82,
    },
    date: {
      bias: -1.64,
      label: 0.67,
      reading: 3.62,
      agreement: 0.11,
      margin: 0,
      form: 1.7,
    },
    currency: {
      bias: 2.67,
      label: 0.99,
      reading: 0.87,
      agreement: 0.83,
      margin: 0.98,
      form: 0.81,
    },
    amount: {
      bias: -2.57,
      label: 0,
      reading: 3.31,
      agreement: 2.56,
      margin: 1.74,
      form: 0,
    },
    number: {
      bias: -7.19,
      label: 0,
      reading: 8.13,
      agreement: 0.88,
      margin: 0.24,
      form: 2.59,
    },
    'line-item': {
      bias: -4.09,
      label: 0.3,
      reading: 6.22,
      agreement: 0.92,
      margin: 0.3,
      form: 0,
    },
    labelled: {
      bias: -6.94,
      label: 0,
      reading: 9.99,
      agreement: 1.14,
      margin: 0.01,
      form: 0,
    },
    pattern: {
      bias: -6.94,
      label: 0,
      reading: 9.99,
      agreement: 1.14,
      margin: 0.01,
      form: 0,
    },
  },
};
