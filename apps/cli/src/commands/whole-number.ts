import { InvalidArgumentError } from 'commander';

/** Parses an option's value as a whole number between two limits, both included. */
export const wholeNumber =
  (low: number, high: number) =>
  (text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= low && value <= high) return value;
    throw new InvalidArgumentError(`Give a whole number from ${low} to ${high}.`);
  };
