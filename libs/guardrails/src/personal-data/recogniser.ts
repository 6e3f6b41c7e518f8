/** What a recogniser looks at: the text, and the same text with confused digits made right, character for character. */
export interface RecogniserText {
  readonly text: string;
  readonly digits: string;
}

/** A personal value in the text. */
export interface Recognised {
  readonly start: number;
  readonly end: number;
  /** How sure, 0..1. */
  readonly score: number;
  /** Which rule: for example `US social security number`. */
  readonly remark?: string;
}

/** Finds one kind of personal value. */
export interface Recogniser {
  readonly kind: string;
  find(text: RecogniserText): readonly Recognised[];
}

/** Where the capture, or the whole of a match, stands. `match` must come from a pattern with the flag `d`. */
export function spanOf(match: RegExpMatchArray, group = 0): { start: number; end: number } {
  const [start, end] = match.indices?.[group] ?? [match.index ?? 0, (match.index ?? 0) + match[0].length];
  return { start, end };
}
