/**
 * How hostile files end: each is looked at and every page of it is decoded, as intake and the ocr service do.
 *
 *   npm run bench:hostile -- --data DIR [--rounds 2] [--out FILE] [--only PART] [--json FILE]
 *
 * DIR holds manifest.json, `[{file, expected: accept | reject | any, what, declared?: {name}}]`, the files, and
 * names.json, `[{name} | {name_b64}]`, hostile names under which an ordinary file is looked at. Every page of an accepted
 * document must decode; a document of which a page does not is rejected. Needs the built project.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cleanDocumentName } from '../../dist/apps/intake/src/submission/clean-document-name.js';
import { DocumentReader, inspectDocument, libreOffice, limitsOf } from '../../dist/libs/documents/src/index.js';
import { StageError } from '../../dist/libs/jobs/src/index.js';
import { loadEnvironment } from '../../dist/libs/platform/src/index.js';
import { keepFigures, printTable, readOptions } from './report.mjs';

const options = readOptions({ only: { type: 'string' }, rounds: { type: 'string', default: '1' } });
if (!options.data) throw new Error('Say where the files are: npm run bench:hostile -- --data DIR');
const environment = loadEnvironment();
const limits = limitsOf(environment);
const converter = libreOffice(environment);
const reader = new DocumentReader({ threads: 1, limits, pageTimeoutMs: environment.WAYBILL_PAGE_TIMEOUT_MS });
const { signal } = new AbortController();
const megabytes = 1_048_576;

const manifest = JSON.parse(await readFile(join(options.data, 'manifest.json'), 'utf8'));
const results = [];
const chosen = manifest.filter(({ file }) => !options.only || file.includes(options.only));
/** The same files again: memory that grows with each round is not given back. */
const afterRoundsMb = [];
for (const entry of Array.from({ length: Number(options.rounds) }, () => chosen).flat()) {
  const startMs = performance.now();
  const bytes = await readFile(join(options.data, entry.file));
  const end = await endOf(bytes, entry.declared?.name ?? basename(entry.file));
  const fits = !end.isBug && (entry.expected === 'any' || entry.expected === end.outcome);
  const rssMb = Math.round(process.memoryUsage.rss() / megabytes);
  results.push({ ...entry, ...end, fits, ms: Math.round(performance.now() - startMs), rssMb });
  process.stderr.write(`\r${results.length} looked at`);
  if (results.length % chosen.length === 0) afterRoundsMb.push(rssMb);
}
process.stderr.write('\n');
const names = await lookUnderNames();
await reader.close();
await tell();

async function endOf(bytes, name) {
  try {
    const { mediaType, pages, read, enclosed = [] } = await inspectDocument(bytes, limits, signal, { name, converter });
    const source = read ?? { mediaType, bytes };
    const sha256 = createHash('sha256').update(source.bytes).digest('hex');
    const held = await reader.hold({ sha256 }, async () => source.bytes);
    const document = { sha256, mediaType: source.mediaType, bytes: held };
    const remarks = new Set();
    for (let page = 1; page <= pages; page += 1) {
      const decoded = await reader.decodePage(document, page, signal);
      for (const remark of decoded.remarks) remarks.add(remark);
    }
    const parts = enclosed.length > 0 ? `, ${enclosed.length} enclosed` : '';
    return { outcome: 'accept', says: [`${mediaType}, ${pages} pages${parts}`, ...remarks].join(' ') };
  } catch (error) {
    const isBug = !(error instanceof StageError);
    const code = isBug ? 'BUG' : error.failure.code;
    return { outcome: 'reject', says: `${code}: ${error.message}`, isBug, isRetryable: error.retryable === true };
  }
}

/** An ordinary picture under each hostile name: it is read, and what is left of the name can be shown anywhere. */
async function lookUnderNames() {
  const list = JSON.parse(await readFile(join(options.data, 'names.json'), 'utf8').catch(() => '[]'));
  const ordinary = manifest.find(({ file }) => file.endsWith('control-receipt.png')) ?? manifest[0];
  const bytes = await readFile(join(options.data, ordinary.file));
  const ends = [];
  for (const entry of list) {
    const given = entry.name ?? Buffer.from(entry.name_b64, 'base64').toString('utf8');
    const name = cleanDocumentName(given);
    const { outcome } = await endOf(bytes, name);
    const isSafe = name === undefined || !/[\p{Cc}\u202a-\u202e/\\]/u.test(name);
    ends.push({ given, name, outcome, fits: outcome === 'accept' && isSafe });
  }
  return ends;
}

async function tell() {
  const wrong = results.filter(({ fits }) => !fits);
  const counts = ['accept', 'reject', 'any'].map((expected) => {
    const those = results.filter((each) => each.expected === expected);
    const accepted = those.filter(({ outcome }) => outcome === 'accept').length;
    return [expected, those.length, accepted, those.length - accepted, those.filter(({ fits }) => !fits).length];
  });
  printTable(['expected', 'files', 'accepted', 'rejected', 'wrong'], counts);
  const slowest = results.toSorted((one, other) => other.ms - one.ms).slice(0, 5);
  printTable(
    ['slowest', 'ms', 'says'],
    slowest.map(({ file, ms, says }) => [basename(file), ms, says.slice(0, 80)]),
  );
  for (const { file, expected, outcome, says } of wrong)
    console.log(`WRONG ${file}: ${outcome}, not ${expected}: ${says}`);
  for (const { file, says } of results.filter(({ isRetryable }) => isRetryable))
    console.log(`RETRYABLE ${file}: ${says}`);
  const badNames = names.filter(({ fits }) => !fits);
  for (const { given, name, outcome } of badNames) console.log(`NAME ${JSON.stringify({ given, name, outcome })}`);
  const memory = {
    firstMb: results[0]?.rssMb,
    afterRoundsMb,
    mostMb: Math.max(...results.map(({ rssMb }) => rssMb)),
  };
  console.log(
    `memory: ${memory.firstMb} MB after the first file, ${memory.mostMb} MB at most, ${afterRoundsMb.join(', ')} MB after each round`,
  );
  console.log(
    `${results.length - wrong.length} of ${results.length} files and ${names.length - badNames.length} of ${names.length} names end as expected`,
  );
  if (options.out) await writeFile(options.out, results.map((each) => JSON.stringify(each)).join('\n'));
  if (options.json)
    await keepFigures(options.json, {
      files: results.length,
      wrong: wrong.length,
      names: names.length,
      badNames: badNames.length,
      ...memory,
    });
  process.exitCode = wrong.length + badNames.length > 0 ? 1 : 0;
}
