/**
 * How well pages are told apart, beside three colour statistics, and how long it takes beyond decoding.
 *
 *   npm run bench:classify -- --data DIR [--read] [--json FILE] [--out FILE]
 *
 * DIR holds gt.jsonl, one `{id, file, kind, class}` a line, and the files. Each page is looked at, and refined by its own
 * text where it has any; `--read` has pictures read by the engine, too, which takes seconds a page. Of a document of
 * several pages, the pages' kinds decide together. `--out` gets `{id, class, kind, ms}` a line, `kind` in the words of
 * gt.jsonl. Needs the built project.
 *
 * The shipped weights were fitted on the licensed part of one such folder (kind-weights.json says which sources, and how
 * well documents are told that had no part in it): on that folder this bench flatters, on any other it does not.
 */
import { createWriteStream } from 'node:fs';
import { classifyReadPage, lookAtPage } from '../../dist/libs/classification/src/index.js';
import { classByColours } from './classify/class-by-colours.mjs';
import { openCorpus, readTruths } from './classify/read-corpus.mjs';
import { predict, printConfusion } from './classify/score-kinds.mjs';
import { keepFigures, median, percentile, printTable, readOptions } from './report.mjs';

const options = readOptions({ read: { type: 'boolean', default: false } });
if (!options.data) throw new Error('Say where the documents are: npm run bench:classify -- --data DIR');

const corpus = await openCorpus({ folder: options.data });
const out = options.out ? createWriteStream(options.out) : undefined;
const documents = [];
const spentMs = { look: [], read: [] };
/** Time of the processor alone: what others do on the same machine has less part in it. */
const processorMs = { look: [], read: [] };
for (const truth of await readTruths(options.data)) {
  const { mediaType, pages } = await corpus.read(truth, options.read ? 'everything' : 'own text');
  const judged = pages.map(judge);
  const looks = predict(
    judged.map(({ looked }) => looked.classification),
    mediaType,
  );
  const refined = predict(
    judged.map(({ read }) => read.classification),
    mediaType,
  );
  const ms = judged.reduce((sum, { ms: page }) => sum + page, 0) / judged.length;
  out?.write(`${JSON.stringify({ id: truth.id, ...refined, ms })}\n`);
  const byColours = classByColours(pages[0].look);
  documents.push({ id: truth.id, kind: truth.kind, class: truth.class, looks, refined, colours: { class: byColours } });
  process.stderr.write(`\r${documents.length} looked at`);
}
process.stderr.write('\n');
out?.end();
await corpus.close();
await tell();

function judge({ look, layout }) {
  const start = now();
  const looked = lookAtPage(look);
  const between = now();
  const read = layout ? classifyReadPage(looked, layout) : looked;
  const end = now();
  spentMs.look.push(between.ms - start.ms);
  spentMs.read.push(end.ms - start.ms);
  processorMs.look.push(between.processorMs - start.processorMs);
  processorMs.read.push(end.processorMs - start.processorMs);
  return { looked, read, ms: end.ms - start.ms };
}

function now() {
  const { user, system } = process.cpuUsage();
  return { ms: performance.now(), processorMs: (user + system) / 1_000 };
}

async function tell() {
  const pairs = (by, level) =>
    documents.map((document) => ({ truth: document[level], predicted: document[by][level] }));
  const after = options.read ? 'after reading' : 'after reading what pages carry as text';
  const scores = {
    classByColours: printConfusion('Class by three colour statistics', pairs('colours', 'class')),
    classByLooks: printConfusion('Class at first sight', pairs('looks', 'class')),
    class: printConfusion(`Class ${after}`, pairs('refined', 'class')),
    kindByLooks: printConfusion('Kind at first sight', pairs('looks', 'kind')),
    kind: printConfusion(`Kind ${after}`, pairs('refined', 'kind')),
  };
  const times = [
    { clock: 'wall', spent: spentMs },
    { clock: 'processor', spent: processorMs },
  ].flatMap(({ clock, spent }) =>
    Object.entries(spent).map(([stage, ms]) => ({ clock, stage, p50: median(ms), p95: percentile(ms, 0.95) })),
  );
  printTable(
    ['ms a page beyond decoding', 'clock', 'pages', 'p50', 'p95'],
    times.map(({ clock, stage, p50, p95 }) => [
      stage === 'look' ? 'look' : 'look and words',
      ...[clock, spentMs.look.length, p50.toFixed(1), p95.toFixed(1)],
    ]),
  );
  await keepFigures(options.json, 'classify', { scores, times, documents });
}
