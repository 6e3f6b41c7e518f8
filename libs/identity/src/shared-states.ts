/** From a state to the next one, and what it says besides. Pure: it is applied again whenever somebody else was faster. */
export type StateChange<State, Result> = (state: State | undefined) => {
  readonly state: State | undefined;
  readonly result: Result;
};

/** Port: small states that all processes share. Failures are `StageError`s: `unavailable` (retryable). */
export interface SharedStates {
  /**
   * Puts a state through a change in one step: nobody else's comes between. A state that stays the same object is not
   * written. @param parse reads what was stored; undefined for what is in no form that is known, which then counts as nothing
   */
  change<State, Result>(
    key: string,
    parse: (stored: unknown) => State | undefined,
    change: StateChange<State, Result>,
  ): Promise<Result>;
}
