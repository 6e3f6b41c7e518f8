// Looked up once: pictures ask for millions of numbers, and a global is a slow thing to ask for inside a test's sandbox.
const { imul, floor } = Math;
const unitDeviation = Math.sqrt(3);

/** A small seeded generator (mulberry32), so that what is drawn is the same on every machine. */
export class SeededRandom {
  constructor(private state: number) {}

  /** Uniform in [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of the choices. */
  pick<Choice>(choices: readonly [Choice, ...Choice[]]): Choice {
    return choices[floor(this.next() * choices.length)] ?? choices[0];
  }

  /** Roughly normal with mean 0 and deviation 1: the sum of four uniforms, scaled. */
  normal(): number {
    return (this.next() + this.next() + this.next() + this.next() - 2) * unitDeviation;
  }
}
