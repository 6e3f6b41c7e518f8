import { CliError } from '../cli-error.js';
import { exitCodes } from '../exit-code.js';

/** As many as a task may name. */
const mostPages = 1_000;

/** Pages as `1,3-5`. @throws CliError `usage` */
export function parsePages(text: string): number[] {
  const pages = new Set<number>();
  for (const part of text.split(',')) {
    const [, first = '', last = first] = /^\s*(\d{1,6})(?:-(\d{1,6}))?\s*$/.exec(part) ?? [];
    if (Number(first) < 1 || Number(last) < Number(first) || Number(last) - Number(first) >= mostPages) {
      throw new CliError(exitCodes.usage, `--pages ${text} names no pages; write them as 1,3-5.`);
    }
    for (let page = Number(first); page <= Number(last); page += 1) pages.add(page);
  }
  return [...pages].sort((a, b) => a - b);
}
