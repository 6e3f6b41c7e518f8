import { wordPattern } from '../text/context-before.js';
import { nameLabels, nameStops, personTitles } from './data/name-words.js';
import { spanOf, type Recogniser, type Recognised } from './recogniser.js';

const part = String.raw`(?:\p{Lu}[\p{L}'’]+(?:-\p{Lu}[\p{L}'’]+)?|\p{Lu}\.|van|von|de|der|den|di|da|del|dos|bin|binti|al|el)`;
const name = String.raw`(${part}(?:,? ${part}){0,4})`;
const labelled = new RegExp(String.raw`${wordPattern(nameLabels).source} ?(?:\(s\))? ?[:.#] ?\n?${name}`, 'dgu');
const titled = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${personTitles.join('|')}) ${name}`, 'dgu');
const stops = wordPattern(nameStops);
/** One name after a label may be anything; after a title it is somebody's. */
const [labelScore, titleScore] = [0.75, 0.85];

/** Names behind a label (`Patient: …`) or a form of address (`Mrs …`). Names in running text are not promised. */
export const personName: Recogniser = {
  kind: 'name',
  find({ text }) {
    const behind = (pattern: RegExp, score: number): Recognised[] =>
      [...text.matchAll(pattern)].flatMap((match) => {
        const said = match[1] ?? '';
        if (stops.test(said) || !/\p{Lu}\p{L}/u.test(said)) return [];
        return [{ ...spanOf(match, 1), score }];
      });
    const found = behind(titled, titleScore);
    const free = ({ start, end }: Recognised) => !found.some((one) => one.start < end && one.end > start);
    return [...found, ...behind(labelled, labelScore).filter(free)];
  },
};
