import type { ByteSpan } from './json-members.js';

/** Bytes that take the place of others. */
export interface Edit extends ByteSpan {
  readonly bytes: Buffer;
}

/** A body as it came, in chunks that are never joined: a picture of a megabyte is not copied. */
export class BodyBytes {
  private readonly chunks: Buffer[] = [];
  private total = 0;

  get length(): number {
    return this.total;
  }

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.total += chunk.length;
  }

  slice(start: number, end: number): Buffer {
    const parts = this.parts(start, end);
    return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
  }

  /** The same bytes with some replaced. @param edits in order, not overlapping */
  with(edits: readonly Edit[]): Buffer[] {
    const pieces: Buffer[] = [];
    let at = 0;
    for (const { start, end, bytes } of edits) {
      pieces.push(...this.parts(at, start), bytes);
      at = end;
    }
    return [...pieces, ...this.parts(at, this.total)];
  }

  private parts(start: number, end: number): Buffer[] {
    const parts: Buffer[] = [];
    let base = 0;
    for (const chunk of this.chunks) {
      const [from, to] = [Math.max(start - base, 0), Math.min(end - base, chunk.length)];
      if (from < to) parts.push(chunk.subarray(from, to));
      base += chunk.length;
      if (base >= end) break;
    }
    return parts;
  }
}
