import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Finding, type Surroundings } from './finding.js';

/** Node is at least what package.json asks for. */
export async function checkNode({ projectFolder }: Surroundings): Promise<Finding> {
  const text = await readFile(join(projectFolder, 'package.json'), 'utf8');
  const { engines } = JSON.parse(text) as { engines: { node: string } };
  const lowest = engines.node.replace(/^>=/, '');
  return isAtLeast(process.versions.node, lowest)
    ? ok('Node', process.versions.node)
    : fail('Node', `${process.versions.node} is too old`, `Install Node ${lowest} or newer.`);
}

/** Compares versions of the form `20.19.0` number by number. */
export function isAtLeast(version: string, lowest: string): boolean {
  const [have, need] = [version, lowest].map((text) => text.split('.').map(Number)) as [number[], number[]];
  for (const [index, wanted] of need.entries()) {
    const present = have[index] ?? 0;
    if (present !== wanted) return present > wanted;
  }
  return true;
}
