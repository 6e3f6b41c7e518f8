/** The time, as a port, so that cores and use cases can be tested at any moment. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = Object.freeze({ now: () => new Date() });
