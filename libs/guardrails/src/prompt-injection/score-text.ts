import { foldLookAlikes } from '../text/fold-look-alikes.js';
import type { SignalKind } from './data/signal.js';
import { signals } from './data/signals.js';
import { foldedPattern } from './folded-pattern.js';
import { orderSentences } from './order-sentences.js';

/** Text that gives orders, where it stands in what was scored, and how sure that is. */
export interface Suspicion {
  readonly start: number;
  readonly end: number;
  /** 0..1 */
  readonly score: number;
  readonly signals: readonly SignalKind[];
  readonly language: string;
}

/**
 * How much each kind of phrase says by itself. Overriding and markup of chats are hardly ever innocent; a demand or a
 * form of address is, unless they come together.
 */
const weights: Readonly<Record<SignalKind, number>> = {
  ...{
    override: 0.8,
    markup: 0.55,
    'prompt-theft': 0.6,
    summons: 0.6,
    exfiltration: 0.45,
    persona: 0.45,
    secrecy: 0.4,
    addressee: 0.4,
    demand: 0.35,
  },
};
/** What needs no other kind beside it. */
const saysEnough: ReadonlySet<SignalKind> = new Set(['override', 'markup', 'prompt-theft', 'summons']);
/** Phrases so near to each other, in characters, belong together. */
const reach = 240;
/** Markup at the beginning of a line alone (`System: ABS`) is innocent; so is one demand. */
const leastScore = 0.5;

const compiled = signals.map((signal) => ({ signal, pattern: foldedPattern(signal.pattern, signal.language) }));
const orderSentence = /of a sentence/;

interface Hit {
  readonly start: number;
  readonly end: number;
  readonly kind: SignalKind;
  readonly language: string;
  readonly pattern: RegExp;
}

/** Stretches of a text that give orders to a machine; places are those of the text as it came. */
export function scoreText(original: string): Suspicion[] {
  if (original.trim() === '') return [];
  const { text, from } = foldLookAlikes(original);
  const orders = orderSentences(text).map((found): Hit => ({ ...found, kind: 'summons', pattern: orderSentence }));
  const hits = compiled
    .flatMap(({ signal: { kind, language }, pattern }) =>
      [...text.matchAll(pattern)].map(({ index, 0: said }): Hit => ({
        start: index,
        end: index + said.length,
        kind,
        language,
        pattern,
      })),
    )
    .concat(orders)
    .sort((a, b) => a.start - b.start);
  return clusters(hits).flatMap((cluster) => suspicionOf(cluster, text, from, original));
}

function clusters(hits: readonly Hit[]): Hit[][] {
  const found: Hit[][] = [];
  for (const hit of hits) {
    const last = found.at(-1);
    if (last && hit.start - Math.max(...last.map(({ end }) => end)) <= reach) last.push(hit);
    else found.push([hit]);
  }
  return found;
}

function suspicionOf(cluster: readonly Hit[], text: string, from: readonly number[], original: string): Suspicion[] {
  const kinds = [...new Set(cluster.map(({ kind }) => kind))];
  const isPersona = kinds.length === 1 && kinds[0] === 'persona';
  const told = isPersona ? cluster.map(({ kind }) => kind) : kinds;
  const doubt = told.reduce((rest, kind) => rest * (1 - weights[kind]), 1);
  const score = Math.min(0.99, 1 - doubt);
  const patterns = new Set(cluster.map(({ pattern }) => pattern)).size;
  const isTold =
    kinds.length > 1 || (kinds[0] === 'persona' && patterns > 1) || kinds.some((kind) => saysEnough.has(kind));
  const isLineMark =
    kinds.length === 1 && kinds[0] === 'markup' && cluster.every((hit) => /:\s?$/.test(text.slice(hit.start, hit.end)));
  if (!isTold || isLineMark || score < leastScore) return [];
  const [first, last] = [Math.min(...cluster.map(({ start }) => start)), Math.max(...cluster.map(({ end }) => end))];
  const span = wholeSentences(original, from[first] ?? 0, (from[last - 1] ?? original.length - 1) + 1);
  return [{ ...span, score, signals: kinds, language: cluster[0]?.language ?? 'en' }];
}

/** From the beginning of the sentence or line to the end of the sentence that follows, at most so far. */
function wholeSentences(text: string, start: number, end: number): { start: number; end: number } {
  const head = text.slice(Math.max(0, start - 120), start);
  const opened = Math.max(
    head.lastIndexOf('. '),
    head.lastIndexOf('\n'),
    head.lastIndexOf('! '),
    head.lastIndexOf('? '),
  );
  // A line that goes on with a small letter is the same sentence.
  const tail = /^(?:[^\n.!?]|[.](?=\d)|\n(?=\p{Ll})){0,200}[.!?"'”»]*/u.exec(text.slice(end))?.[0] ?? '';
  return { start: opened < 0 ? start - head.length : start - head.length + opened + 1, end: end + tail.length };
}
