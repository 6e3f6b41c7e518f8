import { sharedCopyOf } from './shared-copy-of.js';

/** Documents in shared memory by digest, least recently used first out; one fetch serves all who ask meanwhile. */
export class HeldBytes {
  readonly #maxBytes: number;
  readonly #held = new Map<string, Uint8Array>();
  readonly #fetching = new Map<string, Promise<Uint8Array>>();

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  async get(sha256: string, fetch: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const held = this.#held.get(sha256);
    if (held) {
      this.#held.delete(sha256);
      this.#held.set(sha256, held);
      return held;
    }
    const underWay = this.#fetching.get(sha256);
    if (underWay) return underWay;
    const fetching = fetch()
      .then((bytes) => this.#keep(sha256, sharedCopyOf(bytes)))
      .finally(() => this.#fetching.delete(sha256));
    this.#fetching.set(sha256, fetching);
    return fetching;
  }

  #keep(sha256: string, bytes: Uint8Array): Uint8Array {
    this.#held.set(sha256, bytes);
    let total = [...this.#held.values()].reduce((sum, each) => sum + each.length, 0);
    for (const [key, each] of this.#held) {
      if (total <= this.#maxBytes) break;
      this.#held.delete(key);
      total -= each.length;
    }
    return bytes;
  }
}
