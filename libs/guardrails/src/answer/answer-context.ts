import type { DoubtfulPage } from './doubtful-page.js';

/** What an answer is held against. */
export interface AnswerContext {
  /** What the pages show, without what gives orders, and what the client says. */
  readonly clean: string;
  /** What gives orders: in words of the page, in hidden text, in codes. */
  readonly orders: readonly string[];
  /** A mark of the prompt that no document can know. */
  readonly canary: string;
  /** What the pages say that is hard to believe; absent where what is asked for sounds the same, as in chats. */
  readonly doubts?: DoubtfulPage | undefined;
}

/** One value of an answer. */
export interface AnswerLeaf {
  /** JSON Pointer; empty for a text. */
  readonly path: string;
  readonly value: string | number | boolean | null;
}

/** Values of an answer, deep; bare positions such as the words that a value was read from are left out. */
export function leavesOf(answer: unknown, path = ''): AnswerLeaf[] {
  if (typeof answer === 'string' || typeof answer === 'number' || typeof answer === 'boolean')
    return [{ path, value: answer }];
  if (Array.isArray(answer)) return answer.flatMap((one, at) => leavesOf(one, `${path}/${at}`));
  if (answer === null || typeof answer !== 'object') return [];
  return Object.entries(answer).flatMap(([key, one]) => (key === 'words' ? [] : leavesOf(one, `${path}/${key}`)));
}

/** Places of an answer that are null, deep. */
export function emptyLeavesOf(answer: unknown, path = ''): AnswerLeaf[] {
  if (answer === null) return path === '' ? [] : [{ path, value: null }];
  if (Array.isArray(answer)) return answer.flatMap((one, at) => emptyLeavesOf(one, `${path}/${at}`));
  if (typeof answer !== 'object') return [];
  return Object.entries(answer).flatMap(([key, one]) => emptyLeavesOf(one, `${path}/${key}`));
}
