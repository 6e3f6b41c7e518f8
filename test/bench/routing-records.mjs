/** Routing records from a folder of JSONL files: per prompt the score of each model. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

/**
 * @typedef {{ id: string, source: string, group?: string, prompt: string, scores: Record<string, number>, pair?: string, weak?: number,
 *   strong?: number }} Routed
 *
 * Reads what looks like a routing record (an id and a prompt) in all JSONL files of a folder, or in one file. The source is what
 * the record calls `src`, or the file's name; the group is a label that no router sees. A record without scores is kept: it can
 * be scored, not measured.
 * @returns {Promise<Routed[]>}
 */
export async function readRoutingRecords(path) {
  const isFolder = (await stat(path)).isDirectory();
  const names = isFolder ? (await readdir(path)).filter((name) => name.endsWith('.jsonl')).sort() : [''];
  const files = await Promise.all(names.map((name) => readFile(join(path, name), 'utf8')));
  const records = files.flatMap((text, index) => recordsOf(text, basename(names[index] || path, '.jsonl')));
  if (records.length === 0)
    throw new Error(`No routing records in ${path}; give a folder of JSONL with id and prompt.`);
  return records;
}

function recordsOf(text, fileName) {
  return text
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => JSON.parse(line))
    .filter(({ id, prompt }) => id !== undefined && typeof prompt === 'string')
    .map(({ id, src, group, prompt, scores, weak, strong }) => ({
      id,
      source: src ?? fileName,
      group,
      prompt,
      scores: Object.fromEntries(Object.entries(scores ?? {}).filter(([, score]) => Number.isFinite(score))),
      ...(Number.isFinite(scores?.[weak]) && Number.isFinite(scores?.[strong])
        ? { pair: `${weak} ${strong}`, weak: scores[weak], strong: scores[strong] }
        : {}),
    }));
}

export const isMeasurable = ({ pair }) => pair !== undefined;

/** Lists by a key, in the order in which the keys come. */
export function groupBy(list, keyOf) {
  const groups = new Map();
  for (const item of list) {
    const key = keyOf(item);
    if (groups.has(key)) groups.get(key).push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
