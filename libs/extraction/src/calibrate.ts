import { calibrationData } from './calibration-data.js';
import { unit, type Evidence, type EvidenceKind } from './finding.js';

/** Nothing that rules find is more certain than this. */
const ceiling = 0.99;
/** A value from this confidence on is called sure: it needs no second look. */
const sure = 0.9;
/** The most that is given to a value which must not be called sure. */
const ceilingOfUnsure = 0.89;
/** Log-odds of reading beyond these make no difference. */
const [lowestOdds, highestOdds] = [-4, 6];

/** A label this weak does not name the value. */
const weakLabel = 0.3;
/** An amount that is ahead of another by less is as likely that one. */
const closeRival = 0.05;
/** Digits that were read less surely, and only once, may be others. */
const sureDigits = 0.9;
/** A date without a label that is ahead of all others by this much is the only one that can be meant. */
const farAhead = 0.5;

const kindsOfHead: ReadonlySet<EvidenceKind> = new Set(['merchant', 'address']);
const kindsOfText: ReadonlySet<EvidenceKind> = new Set(['number', 'labelled', 'pattern']);

/**
 * Values that have only a single sign for them, whatever the curve says: sums that no label names or that are not ahead of
 * another, names that neither their form nor another place confirms, dates printed once and not read clearly or neither
 * named nor alone, lines that have lost a word, addresses whose postcode is missing or of another place.
 */
function hasSingleSign(kind: EvidenceKind, { label, agreement, reading, margin, form }: Evidence): boolean {
  if (kind === 'amount') return label < weakLabel || margin < closeRival;
  if (kind === 'date') return agreement === 0 && (reading < sureDigits || (label < weakLabel && margin < farAhead));
  if (kind === 'merchant' || kind === 'number') return form < 0.5 || (label < weakLabel && agreement === 0);
  return kind === 'address' && (form < 0.5 || agreement === 0);
}

/** What the logistic curve is drawn over: the evidence, with the reading as log-odds, 0..1. */
export function inputsOf({ label, reading, agreement, margin, form }: Evidence): Evidence {
  const odds = Math.log(Math.max(1e-9, reading) / Math.max(1e-9, 1 - reading));
  const stretched = (Math.min(highestOdds, Math.max(lowestOdds, odds)) - lowestOdds) / (highestOdds - lowestOdds);
  return { label: unit(label), reading: stretched, agreement: unit(agreement), margin: unit(margin), form: unit(form) };
}

/**
 * A text is no surer than its words: nothing else on the page vouches for every letter of a name, as sums do for the
 * digits of a total. Words of one line are misread together, so that a text of many is right more often than the product
 * of their probabilities says; on invented pictures about its square root, for names and addresses its cube root.
 */
export const mostLikely = (kind: EvidenceKind, { reading }: Evidence, probability: number): number =>
  Math.min(probability, kindsOfHead.has(kind) ? Math.cbrt(reading) : kindsOfText.has(kind) ? Math.sqrt(reading) : 1);

/** The probability, 0..1, that a value with this evidence is right: a logistic curve with fitted weights. */
export function calibrate(kind: EvidenceKind, evidence: Evidence): number {
  const weights = calibrationData.weights[kind];
  const inputs = inputsOf(evidence);
  const logOdds =
    weights.bias +
    weights.label * inputs.label +
    weights.reading * inputs.reading +
    weights.agreement * inputs.agreement +
    weights.margin * inputs.margin +
    weights.form * inputs.form;
  const probability = mostLikely(kind, evidence, 1 / (1 + Math.exp(-logOdds)));
  const isUnsure =
    hasSingleSign(kind, evidence) || (probability >= sure && probability < calibrationData.sureFrom[kind]);
  return Math.min(isUnsure ? ceilingOfUnsure : ceiling, Math.round(1_000 * probability) / 1_000);
}
