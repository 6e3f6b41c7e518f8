import { MessageChannel } from 'node:worker_threads';

/** Giving memory back costs a call, whatever the number of pieces. */
const together = 8;

/**
 * Gives the memory of pieces back that were read from a connection and copied. Waiting for the search for garbage instead
 * costs more than the rest of reading a megabyte: it is started by how much memory is held outside of its heap.
 */
export class ChunkBin {
  private readonly port;
  private full: ArrayBuffer[] = [];

  constructor() {
    const { port1, port2 } = new MessageChannel();
    // What is sent to nobody is gone, and what is transferred has left this side.
    port2.close();
    port1.unref();
    this.port = port1;
  }

  /** Nobody may read the chunk from now on. */
  drop(chunk: Buffer): void {
    const { buffer } = chunk;
    // Small chunks are parts of memory that others use, too.
    if (!(buffer instanceof ArrayBuffer) || buffer.byteLength !== chunk.length) return;
    this.full.push(buffer);
    if (this.full.length >= together) this.empty();
  }

  empty(): void {
    if (this.full.length === 0) return;
    this.port.postMessage(undefined, this.full);
    this.full = [];
  }
}
