/** Something a test waits for: resolved by the code under test, never by time. */
export interface Signal<Value = void> {
  readonly promise: Promise<Value>;
  /** Later calls change nothing. */
  readonly resolve: (value: Value) => void;
  readonly reject: (reason: Error) => void;
}

/** A promise with its own handles. */
export function signal<Value = void>(): Signal<Value> {
  let resolve: (value: Value) => void = () => undefined;
  let reject: (reason: Error) => void = () => undefined;
  const promise = new Promise<Value>((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  return { promise, resolve, reject };
}
