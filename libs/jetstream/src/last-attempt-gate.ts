/**
 * A message's last attempt runs alone in its process. When a process dies, the server counts an attempt against every
 * message that was under way in it; alone, a message can be given up for its own doing only, never for a neighbour's.
 */
export class LastAttemptGate {
  private together = 0;
  private isAloneTaken = false;
  private readonly waiting: { readonly alone: boolean; readonly admit: () => void }[] = [];

  /** Runs side by side with others, but not beside a last attempt, nor before one that waits already. */
  async runTogether<Value>(run: () => Promise<Value>): Promise<Value> {
    if (this.isAloneTaken || this.waiting.length > 0) await this.wait(false);
    else this.together += 1;
    try {
      return await run();
    } finally {
      this.together -= 1;
      this.admitNext();
    }
  }

  /** Waits until nothing else is under way, and holds back what comes meanwhile. */
  async runAlone<Value>(run: () => Promise<Value>): Promise<Value> {
    if (this.isAloneTaken || this.together > 0 || this.waiting.length > 0) await this.wait(true);
    else this.isAloneTaken = true;
    try {
      return await run();
    } finally {
      this.isAloneTaken = false;
      this.admitNext();
    }
  }

  private wait(alone: boolean): Promise<void> {
    return new Promise((admit) => this.waiting.push({ alone, admit }));
  }

  /** In the order of arrival; a place is taken for the admitted one before anybody else can ask. */
  private admitNext(): void {
    for (let next = this.waiting[0]; next && !this.isAloneTaken; next = this.waiting[0]) {
      if (next.alone && this.together > 0) return;
      this.waiting.shift();
      if (next.alone) this.isAloneTaken = true;
      else this.together += 1;
      next.admit();
    }
  }
}
