import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeSources } from '../../apps/cli/bin/source-digest.mjs';

const mostLines = 400;
const manyLines = 250;
const maxListed = 12;

/** Fails on source files over 400 lines, and names those over 250, the longest first. */
export async function checkFileSizes(projectFolder) {
  const accepts = (name) => /\.(ts|tsx|css|mjs|js|cjs)$/.test(name);
  const { files } = describeSources(projectFolder, { folders: ['apps', 'libs', 'test'], files: [], accepts });
  const sized = await Promise.all(files.map(async (file) => ({ file, lines: await countLines(projectFolder, file) })));
  const long = sized.filter(({ lines }) => lines > manyLines).sort((one, other) => other.lines - one.lines);
  const describe = ({ file, lines }) => `  ${lines} lines${lines > mostLines ? ', too many' : ''}: ${file}`;
  const more = long.length > maxListed ? [`  and ${long.length - maxListed} more over ${manyLines}`] : [];
  return {
    passed: long.every(({ lines }) => lines <= mostLines),
    output: [...long.slice(0, maxListed).map(describe), ...more].join('\n'),
  };
}

async function countLines(projectFolder, file) {
  return (await readFile(join(projectFolder, file), 'utf8')).trimEnd().split('\n').length;
}
