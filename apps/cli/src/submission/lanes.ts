/** Work that is begun in the order it comes, a limited number at once. Work reports its own failures. */
export class Lanes {
  readonly #waiting: (() => Promise<void>)[] = [];
  readonly #running = new Set<Promise<void>>();

  constructor(private readonly limit: number) {}

  add(work: () => Promise<void>): void {
    this.#waiting.push(work);
    this.#fill();
  }

  /** Resolves when nothing runs or waits any more, also what was added meanwhile. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.race(this.#running);
  }

  #fill(): void {
    while (this.#running.size < this.limit) {
      const work = this.#waiting.shift();
      if (work === undefined) return;
      const running = work().finally(() => {
        this.#running.delete(running);
        this.#fill();
      });
      this.#running.add(running);
    }
  }
}
