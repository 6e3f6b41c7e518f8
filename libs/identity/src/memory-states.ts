import type { SharedStates, StateChange } from './shared-states.js';

/** States that one process has to itself. */
export class MemoryStates implements SharedStates {
  private readonly states = new Map<string, unknown>();

  constructor(private readonly most = 10_000) {}

  async change<State, Result>(
    key: string,
    parse: (stored: unknown) => State | undefined,
    change: StateChange<State, Result>,
  ): Promise<Result> {
    const { state, result } = change(parse(this.states.get(key)));
    this.put(key, state);
    return result;
  }

  put(key: string, state: unknown): void {
    // Taken out and put in again, so that the first is the one that was longest unused.
    this.states.delete(key);
    if (state !== undefined) this.states.set(key, state);
    const [oldest] = this.states.keys();
    if (this.states.size > this.most && oldest !== undefined) this.states.delete(oldest);
  }
}
