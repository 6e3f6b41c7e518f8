/** Bodies are of all sizes; slabs are of so many, and one serves the next body of about its size. */
const stepBytes = 65_536;

/** Memory for bodies that is used again and again: what is allocated for each request is only found again by a search for garbage. */
export class Slabs {
  private readonly free = new Map<number, Buffer[]>();
  private keptBytes = 0;

  /** @param mostKeptBytes what is kept for later bodies */
  constructor(private readonly mostKeptBytes: number) {}

  /** At least so large; what stands in it is another body's. */
  take(bytes: number): Buffer {
    const size = Math.ceil(bytes / stepBytes) * stepBytes;
    const kept = this.free.get(size)?.pop();
    if (!kept) return Buffer.allocUnsafeSlow(size);
    this.keptBytes -= size;
    return kept;
  }

  /** Nobody may read or write it from now on: the next body is written into it. */
  give(slab: Buffer): void {
    if (this.keptBytes + slab.length > this.mostKeptBytes) return;
    const same = this.free.get(slab.length);
    if (same) same.push(slab);
    else this.free.set(slab.length, [slab]);
    this.keptBytes += slab.length;
  }
}
