import type { BodyLease } from './body-room.js';
import type { ByteSpan } from './json-members.js';

/** Bytes that take the place of others. */
export interface Edit extends ByteSpan {
  readonly bytes: Buffer;
}

/** Free bytes on both sides of a body in a slab: a longer name of a model is written there. */
export const slabMargin = 4_096;
/** More than this is not moved to make a body one piece; the pieces are sent. */
const mostMovedBytes = 65_536;

/**
 * A body as it came. In a slab it is one piece, and is changed where it stands, so that a picture of a megabyte is copied once;
 * without one it is the chunks that came, which are never joined.
 */
export class BodyBytes {
  private chunks: Buffer[] = [];
  private total = 0;
  /** Puts back what was written over the body to send it in one piece. */
  private restore: (() => void) | undefined;
  private gone = false;

  constructor(private readonly lease?: BodyLease) {}

  get length(): number {
    return this.total;
  }

  /** It stands in room that others may need. */
  get isLeased(): boolean {
    return this.lease !== undefined;
  }

  /** It was let go to make room for others. */
  get isGone(): boolean {
    return this.gone;
  }

  /** @returns the bytes where they stand from now on */
  push(chunk: Buffer): Buffer {
    const slab = this.lease?.slab;
    if (!slab) {
      this.chunks.push(chunk);
      this.total += chunk.length;
      return chunk;
    }
    const at = slabMargin + this.total;
    chunk.copy(slab, at);
    this.total += chunk.length;
    this.chunks = [slab.subarray(slabMargin, slabMargin + this.total)];
    return slab.subarray(at, at + chunk.length);
  }

  /** A part of it as text, read where it stands. */
  text(start: number, end: number, encoding: 'utf8' | 'latin1' = 'utf8'): string {
    const [only, another] = this.chunks;
    if (!only || another || this.restore) return this.slice(start, end).toString(encoding);
    return only.toString(encoding, start, end);
  }

  slice(start: number, end: number): Buffer {
    const parts = this.parts(start, end);
    return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
  }

  /**
   * The same bytes with some replaced, to be sent: until `sent` somebody may be reading them.
   * @param edits in order, not overlapping
   */
  outgoing(edits: readonly Edit[]): Buffer[] {
    const [only, another] = this.chunks;
    if (!this.lease && only && !another) return [edited(only, edits)];
    this.lease?.lend();
    return this.inPlace(edits) ?? this.with(edits);
  }

  /** It was handed on, and is kept for another try only. */
  mayGo(): void {
    this.lease?.mayGo(() => this.letGo());
  }

  /** Others hold parts of it for as long as they need them: its place may go, and its memory is not used again. */
  share(): void {
    this.lease?.lend();
    this.lease?.mayGo(() => undefined);
  }

  /** The network has all of it, or a copy was made. */
  sent(): void {
    this.lease?.sent(() => this.letGo());
  }

  release(): void {
    this.letGo();
    this.lease?.release();
  }

  /** The same bytes with some replaced. @param edits in order, not overlapping */
  with(edits: readonly Edit[]): Buffer[] {
    return this.written({ start: 0, end: this.total }, edits);
  }

  private written({ start, end }: ByteSpan, edits: readonly Edit[]): Buffer[] {
    const pieces: Buffer[] = [];
    let at = start;
    for (const edit of edits) {
      pieces.push(...this.parts(at, edit.start), edit.bytes);
      at = edit.end;
    }
    return [...pieces, ...this.parts(at, end)];
  }

  /** The longest piece between edits stays where it is, and what is around it is written beside it. */
  private inPlace(edits: readonly Edit[]): Buffer[] | undefined {
    const slab = this.lease?.slab;
    const { kept, before, after } = longestKept(edits, this.total);
    if (!slab || kept.start > mostMovedBytes || this.total - kept.end > mostMovedBytes) return undefined;
    const head = Buffer.concat(this.written({ start: 0, end: kept.start }, before));
    const tail = Buffer.concat(this.written({ start: kept.end, end: this.total }, after));
    const [from, behind] = [slabMargin + kept.start - head.length, slabMargin + kept.end];
    if (from < 0 || behind + tail.length > slab.length) return undefined;
    const under = [
      Buffer.from(slab.subarray(from, from + head.length)),
      Buffer.from(slab.subarray(behind, behind + tail.length)),
    ];
    head.copy(slab, from);
    tail.copy(slab, behind);
    this.restore = () => {
      under[0]?.copy(slab, from);
      under[1]?.copy(slab, behind);
    };
    return [slab.subarray(from, behind + tail.length)];
  }

  private letGo(): void {
    this.gone = true;
    this.chunks = [];
  }

  private parts(start: number, end: number): Buffer[] {
    if (this.gone && start < end) throw new Error('The body was let go; nobody may read it any more.');
    this.restore?.();
    this.restore = undefined;
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

/** A copy with the edits in it: a short body goes out in one piece. */
function edited(bytes: Buffer, edits: readonly Edit[]): Buffer {
  let size = bytes.length;
  for (const { start, end, bytes: put } of edits) size += put.length - (end - start);
  const copy = Buffer.allocUnsafe(size);
  let [read, written] = [0, 0];
  for (const { start, end, bytes: put } of edits) {
    written += bytes.copy(copy, written, read, start);
    written += put.copy(copy, written);
    read = end;
  }
  bytes.copy(copy, written, read);
  return copy;
}

/** The longest piece that no edit touches, and the edits on both sides of it. */
function longestKept(edits: readonly Edit[], total: number) {
  let [kept, split, at] = [{ start: 0, end: 0 }, 0, 0];
  for (const [index, { start, end }] of [...edits, { start: total, end: total }].entries()) {
    if (start - at > kept.end - kept.start) [kept, split] = [{ start: at, end: start }, index];
    at = end;
  }
  return { kept, before: edits.slice(0, split), after: edits.slice(split) };
}
