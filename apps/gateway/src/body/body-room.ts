import { Slabs } from './slabs.js';

interface Waiting {
  readonly bytes: number;
  readonly begin: () => void;
}

/** A body's place in memory. */
export interface BodyLease {
  readonly slab: Buffer;
  /** It is only kept for another try, and goes when others need the room. */
  mayGo(letGo: () => void): void;
  /** Nobody reads it any more: it may go, and others may be written there. */
  sent(letGo: () => void): void;
  /** It is handed to somebody who may still be reading it, so nothing else is ever written there. */
  lend(): void;
  /** May be called twice. */
  release(): void;
}

/** Room for bodies of all requests together. Who finds none waits, and is not read from meanwhile. */
export class BodyRoom {
  private readonly slabs: Slabs;
  private usedBytes = 0;
  private readonly waiting: Waiting[] = [];
  /** Bodies that may be let go, the oldest first. */
  private readonly sent = new Set<() => void>();

  constructor(private readonly mostBytes: number) {
    this.slabs = new Slabs(mostBytes);
  }

  /** Room for a body, in turn. One that is larger than all the room gets it when it is empty. */
  async take(bytes: number): Promise<BodyLease> {
    if (this.waiting.length > 0 || !this.hasRoom(bytes)) {
      await new Promise<void>((begin) => this.waiting.push({ bytes, begin }));
    } else this.usedBytes += bytes;
    return this.lease(bytes);
  }

  private lease(bytes: number): BodyLease {
    const slab = this.slabs.take(bytes);
    let isOver = false;
    let isLent = false;
    let evict: (() => void) | undefined;
    const end = (): void => {
      if (isOver) return;
      isOver = true;
      if (evict) this.sent.delete(evict);
      if (!isLent) this.slabs.give(slab);
      this.usedBytes -= bytes;
    };
    const mayGo = (letGo: () => void): void => {
      if (isOver || evict) return;
      evict = () => {
        letGo();
        end();
      };
      this.sent.add(evict);
      this.admit();
    };
    return {
      slab,
      mayGo,
      release: () => {
        end();
        this.admit();
      },
      lend: () => {
        isLent = true;
      },
      sent: (letGo) => {
        isLent = false;
        mayGo(letGo);
      },
    };
  }

  private admit(): void {
    for (let next = this.waiting[0]; next && this.hasRoom(next.bytes); next = this.waiting[0]) {
      this.waiting.shift();
      this.usedBytes += next.bytes;
      next.begin();
    }
  }

  /** Lets go of what is only kept for another try, if that helps. */
  private hasRoom(bytes: number): boolean {
    for (const evict of this.sent) {
      if (this.fits(bytes)) return true;
      evict();
    }
    return this.fits(bytes);
  }

  private fits(bytes: number): boolean {
    return this.usedBytes === 0 || this.usedBytes + bytes <= this.mostBytes;
  }
}
