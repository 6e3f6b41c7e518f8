/** What models give is taken as it is: whatever is missing or of another kind is nothing. */
export type GivenObject = Readonly<Record<string, unknown>>;

export const objectOf = (given: unknown): GivenObject =>
  typeof given === 'object' && given !== null && !Array.isArray(given) ? (given as GivenObject) : {};

export const objectsOf = (given: unknown): GivenObject[] =>
  Array.isArray(given) ? given.slice(0, mostItems).map(objectOf) : [];

/** Trimmed; empty for what is no text. */
export const textOf = (given: unknown): string => (typeof given === 'string' ? given.trim() : '');

export const textsOf = (given: unknown): string[] =>
  Array.isArray(given) ? given.slice(0, mostItems).map(textOf).filter(Boolean) : [];

export const numbersOf = (given: unknown): number[] =>
  Array.isArray(given) ? given.slice(0, mostItems).filter((each): each is number => Number.isInteger(each)) : [];

const mostItems = 5_000;
