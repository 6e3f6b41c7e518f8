export type Facts = Readonly<Record<string, unknown>>;

/** An object's members, or none. */
export const factsOf = (value: unknown): Facts => (typeof value === 'object' && value !== null ? (value as Facts) : {});

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The first of these that is a count; 0 when none is. */
export const countOf = (...values: readonly unknown[]): number => {
  const found = values.find((value) => typeof value === 'number' && Number.isInteger(value) && value >= 0);
  return typeof found === 'number' ? found : 0;
};

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
