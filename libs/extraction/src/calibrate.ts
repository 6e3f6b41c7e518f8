import { calibrationData } from './calibration-data.js';
import type { Evidence, EvidenceKind } from './finding.js';

/** Nothing that rules find is more certain than this. */
const ceiling = 0.99;

/** The probability, 0..1, that a value with this evidence is right: a logistic curve with fitted weights. */
export function calibrate(kind: EvidenceKind, evidence: Evidence): number {
  const weights = calibrationData.weights[kind];
  const sum =
    weights.bias +
    weights.label * evidence.label +
    weights.reading * evidence.reading +
    weights.agreement * evidence.agreement +
    weights.margin * evidence.margin +
    weights.form * evidence.form;
  return Math.min(ceiling, Math.round(1_000 / (1 + Math.exp(-sum))) / 1_000);
}
