import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describeSources } from '../../apps/cli/bin/source-digest.mjs';

const folders = ['apps', 'deploy', 'docs', 'examples', 'libs', 'test'];
const atTheTop = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'];

/**
 * Every relative link of every page leads to a file, and to a heading where it names one; every page of docs/ stands in
 * docs/README.md; every `npm run` that a page tells of exists; no page keeps the marks of a merge.
 */
export function checkLinks(projectFolder) {
  const accepts = (name) => name.endsWith('.md');
  const { files: pages } = describeSources(projectFolder, { folders, files: atTheTop, accepts });
  const { scripts } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'));
  const texts = new Map(pages.map((page) => [page, readFileSync(join(projectFolder, page), 'utf8')]));
  const wrong = pages.flatMap((page) => [
    ...linksOf(texts.get(page)).flatMap((link) => refusalOf(projectFolder, texts, page, link) ?? []),
    ...scriptsOf(texts.get(page)).flatMap((name) => (name in scripts ? [] : [`${page}: there is no script "${name}"`])),
    ...(/^(<{7}|={7}|>{7})( |$)/m.test(texts.get(page)) ? [`${page}: the marks of a merge are left in it`] : []),
  ]);
  const index = new Set(linksOf(texts.get('docs/README.md')).map((link) => normalize(join('docs', link))));
  for (const page of pages) {
    const isOfIndex = dirname(page) === 'docs' && page !== 'docs/README.md';
    if (isOfIndex && !index.has(page)) wrong.push(`docs/README.md: ${page} is missing`);
  }
  return { passed: wrong.length === 0, output: wrong.join('\n') };
}

const withoutCode = (text) => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
const linksOf = (text) => [...withoutCode(text).matchAll(/\]\(([^()\s]+)\)/g)].map(([, link]) => link);
const scriptsOf = (text) => [...new Set([...text.matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, name]) => name))];

function refusalOf(projectFolder, texts, page, link) {
  if (/^[a-z]+:/.test(link)) return undefined;
  const [path, heading] = link.split('#');
  const target = path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(join(projectFolder, target))) return `${page}: ${link} leads nowhere`;
  if (heading === undefined || statSync(join(projectFolder, target)).isDirectory()) return undefined;
  const headings = (texts.get(target) ?? '').match(/^#+ .*$/gm) ?? [];
  return headings.map(anchorOf).includes(heading) ? undefined : `${page}: ${link} names no heading of ${target}`;
}

/** The anchor that a heading has on the usual forges. */
function anchorOf(heading) {
  const text = heading.replace(/^#+ /, '').trim().toLowerCase();
  return text.replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-');
}
