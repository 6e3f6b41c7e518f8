/** The pages of a simulated night: a stated mix, drawn with a seed. What is stated here is assumed, not measured. */

/**
 * Of each kind its share of the pages, what is asked, and ranges from which a page's facts are drawn evenly. `soundness` is the
 * share of what the answer needs that is in the words as read; without it there are no words. Lengths of answers are in tokens.
 */
export const nightMix = [
  {
    kind: 'receipt',
    title: 'photographed receipts, four fields',
    share: 0.3,
    task: 'extract',
    words: [60, 250],
    soundness: [0.75, 0.98],
    difficulty: [0.05, 0.7],
    widthPx: [900, 1_600],
    heightPx: [1_400, 2_800],
    output: [80, 200],
  },
  {
    kind: 'invoice',
    title: 'digital invoices, fields and items',
    share: 0.2,
    task: 'extract',
    words: [150, 600],
    soundness: [0.97, 1],
    difficulty: [0.05, 0.6],
    widthPx: [1_654, 1_654],
    heightPx: [2_339, 2_339],
    output: [200, 800],
  },
  {
    kind: 'form',
    title: 'scanned forms, labels and values',
    share: 0.15,
    task: 'extract',
    words: [150, 500],
    soundness: [0.6, 0.95],
    difficulty: [0.2, 0.9],
    widthPx: [1_240, 1_700],
    heightPx: [1_754, 2_200],
    output: [150, 600],
  },
  {
    kind: 'letter',
    title: 'pages of text, a question each',
    share: 0.2,
    task: 'answer',
    words: [300, 900],
    soundness: [0.9, 1],
    difficulty: [0, 0.9],
    widthPx: [1_654, 1_654],
    heightPx: [2_339, 2_339],
    output: [60, 300],
  },
  {
    kind: 'letter',
    title: 'pages of text, to be classed',
    share: 0.03,
    task: 'classify',
    words: [100, 600],
    soundness: [0.85, 1],
    difficulty: [0, 0.4],
    widthPx: [1_240, 1_654],
    heightPx: [1_754, 2_339],
    output: [5, 20],
  },
  {
    kind: 'chart',
    title: 'charts, to data',
    share: 0.07,
    task: 'chart',
    words: [20, 80],
    soundness: [0.2, 0.4],
    difficulty: [0.3, 1],
    widthPx: [800, 1_600],
    heightPx: [600, 1_200],
    output: [150, 700],
  },
  {
    kind: 'photo',
    title: 'photographs, to be described',
    share: 0.05,
    task: 'describe',
    difficulty: [0, 0.6],
    widthPx: [1_200, 4_000],
    heightPx: [900, 3_000],
    output: [80, 250],
  },
];

/** Tokens of instructions and schema with every page, and tokens a word, its place in the layout included. */
export const tokensOfInstructions = 350;
export const tokensAWord = 1.6;

const between = ([low, high], random) => low + (high - low) * random.next();
const wholeBetween = (range, random) => Math.round(between(range, random));
const interval = (expected) => ({ least: Math.floor(0.8 * expected), expected, most: Math.ceil(1.3 * expected) });

/** @returns requests for the router, one a page, all forms offered */
export function drawNight(pages, random, { level, sensitivity, now }) {
  return Array.from({ length: pages }, () => drawPage(random, { level, sensitivity, now }));
}

function drawPage(random, { level, sensitivity, now }) {
  const mix = kindAt(random.next());
  const picture = {
    widthPx: wholeBetween(mix.widthPx, random),
    heightPx: wholeBetween(mix.heightPx, random),
    bytes: 600_000,
    mediaType: 'image/jpeg',
  };
  const words = mix.words ? wholeBetween(mix.words, random) : 0;
  const soundness = mix.soundness ? between(mix.soundness, random) : 0;
  const instructions = interval(tokensOfInstructions);
  const layout = {
    name: 'layout',
    text: interval(Math.round(tokensOfInstructions + tokensAWord * words)),
    pictures: [],
    detail: 'high',
    soundness,
  };
  const looks = [
    { name: 'page-low', text: instructions, pictures: [picture], detail: 'low', soundness: 0.8 },
    { name: 'page-high', text: instructions, pictures: [picture], detail: 'high', soundness: 1 },
  ];
  return {
    task: mix.task,
    documentKind: mix.kind,
    difficulty: between(mix.difficulty, random),
    forms: words > 0 ? [layout, ...looks] : looks,
    output: interval(wholeBetween(mix.output, random)),
    capabilities: mix.task === 'extract' || mix.task === 'chart' ? ['strictJsonSchema'] : [],
    level,
    now,
    limits: { leftMs: 12 * 3_600_000, sensitivity },
  };
}

function kindAt(point) {
  let sum = 0;
  return nightMix.find(({ share }) => (sum += share) > point) ?? nightMix.at(-1);
}
