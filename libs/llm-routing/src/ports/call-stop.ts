/**
 * Says once that a call is to be given up. Listeners of an `AbortSignal` stay in memory until all of it is searched for
 * garbage, which at a thousand short calls a second is what the search is for; this one keeps nothing.
 */
export class CallStop {
  private stoppedFor: Error | undefined;
  private readonly listeners = new Set<() => void>();
  private controller: AbortController | undefined;

  /** Why; undefined while nobody has stopped the call. */
  get reason(): Error | undefined {
    return this.stoppedFor;
  }

  /** The first reason counts. */
  stop(reason: Error): void {
    if (this.stoppedFor) return;
    this.stoppedFor = reason;
    for (const listener of this.listeners) listener();
    this.controller?.abort(reason);
  }

  /** @returns how to stop listening */
  onStop(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The same as a signal, for those who listen to nothing else. */
  get signal(): AbortSignal {
    if (!this.controller) {
      this.controller = new AbortController();
      if (this.stoppedFor) this.controller.abort(this.stoppedFor);
    }
    return this.controller.signal;
  }
}
