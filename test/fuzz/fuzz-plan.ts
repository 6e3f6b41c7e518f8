import { seededRandom } from '../faults/support/workload.js';
import type { Chance } from './mutate-bytes.js';

/** What was asked for by hand; without it a few fixed mutants are tried. */
const minutes = Number(process.env['WAYBILL_FUZZ_MINUTES'] ?? 0);
export const firstSeed = Number(process.env['WAYBILL_FUZZ_SEED'] ?? 1);

/** A third of the time for each of documents, messages and bodies. */
const shareMs = (minutes * 60_000) / 3;
export const fuzzTimeoutMs = 600_000 + shareMs;

/** Something that must not happen, and the mutant that made it happen. */
export interface Finding {
  readonly base: string;
  readonly seed: number;
  readonly says: string;
}

/**
 * Numbers of mutants, each with its own chance, so that any of them can be made again by beginning with its number:
 * `rounds` of them, or as many as the time by hand allows.
 */
export function* mutants(rounds: number): Generator<{ readonly seed: number; readonly chance: Chance }> {
  const endMs = Date.now() + shareMs;
  for (let seed = firstSeed; minutes > 0 ? Date.now() < endMs : seed < firstSeed + rounds; seed += 1) {
    yield { seed, chance: seededRandom(seed) };
  }
}

/** Numbers of tries by how they ended, for the one line that a run prints. */
export class Tally {
  private readonly counts = new Map<string, number>();

  add(ending: string): void {
    this.counts.set(ending, (this.counts.get(ending) ?? 0) + 1);
  }

  tell(what: string): void {
    const parts = [...this.counts]
      .toSorted(([, one], [, other]) => other - one)
      .map(([name, count]) => `${count} ${name}`);
    process.stderr.write(`fuzz ${what} from seed ${firstSeed}: ${parts.join(', ')}\n`);
  }
}
