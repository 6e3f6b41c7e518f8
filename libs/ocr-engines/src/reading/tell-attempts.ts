import type { ReadingAttempt } from '@waybill/contracts';
import type { Preparation } from './prepare-page.js';
import type { Rating } from './rate-reading.js';
import type { Network, Segmentation } from './reader.js';

/** What of a page is read, and how it is divided. */
type Division = Segmentation | 'lines';

/** How a reading is made. */
interface Way {
  readonly division: Division;
  readonly network: Network;
}

const divisions: Readonly<Record<Division, string>> = {
  page: 'columns',
  block: 'one block',
  sparse: 'words wherever they are, without drawings',
  lines: 'lines that were passed over',
};

/** One reading as it is told to whoever doubts a page; `kept` until another one is found to be better. */
export function attemptOf({ division, network }: Way, preparation: Preparation, rating: Rating): ReadingAttempt {
  const { confidence, coverage } = rating;
  const by = network === 'larger' ? ', by the larger network' : '';
  return { preparation: `${describe(division, preparation)}${by}`, confidence, coverage, outcome: 'kept' };
}

/** Why a reading with this rating was not enough. */
export function doubtOf({ confidence, coverage }: Rating): string {
  const share = Math.round(100 * coverage);
  return `The reading before was doubtful: confidence ${confidence.toFixed(2)}, ${share} % of the letters in words.`;
}

/** Readings of which another one is kept instead. */
export const dropped = (attempts: readonly ReadingAttempt[]): ReadingAttempt[] =>
  attempts.map((attempt) => ({ ...attempt, outcome: 'dropped' }));

/** The first reading of a series, with the reason why the series was made. */
export const because = (reason: string, [first, ...more]: readonly ReadingAttempt[]): ReadingAttempt[] =>
  first ? [{ ...first, reason }, ...more] : [];

function describe(division: Division, { isInverted, skewDegrees, scale, narrowing }: Preparation): string {
  return [
    divisions[division],
    ...(isInverted ? ['inverted'] : []),
    ...(skewDegrees === 0 ? [] : [`straightened by ${skewDegrees.toFixed(1)} degrees`]),
    ...(scale === 1 ? [] : [`scaled by ${scale.toFixed(2)}`]),
    ...(narrowing === 1 ? [] : [`narrowed to ${narrowing.toFixed(2)}`]),
  ].join(', ');
}
