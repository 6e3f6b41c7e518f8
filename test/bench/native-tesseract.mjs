/** The native `tesseract` command beside ours, on one thread: at its defaults, and at the setting that suits a kind best. */
import { spawn, spawnSync } from 'node:child_process';
import sharp from 'sharp';
import { commandMs } from './bench-clock.mjs';

/** What was measured to be best: how it divides a page, and how much small pictures are enlarged. */
const bestSettings = {
  receipt: { mode: '6', scale: 1 },
  form: { mode: '11', scale: 2 },
  page: { mode: '3', scale: 1 },
  table: { mode: '6', scale: 3 },
  chart: { mode: '11', scale: 3 },
};
const defaultSetting = { mode: '3', scale: 1 };

/** Its version, or undefined when it is not installed. */
export function nativeVersion() {
  const { status, stdout, stderr } = spawnSync('tesseract', ['--version'], { encoding: 'utf8' });
  return status === 0 ? /tesseract v?([\d.]+)/.exec(`${stdout}${stderr}`)?.[1] : undefined;
}

/**
 * Readers of `(file, kind)` to `{ text, ms }`. Enlarging is not part of the time. With more threads than one it takes six
 * times as long on two cores, so it gets one.
 */
export const readAtItsBest = (file, kind) => read(file, bestSettings[kind] ?? defaultSetting);
export const readAtItsDefaults = (file) => read(file, defaultSetting);

/** What it reads at its best setting as words with boxes and confidences 0..1, in pixels of the picture as it was enlarged. */
export async function readWordsAtItsBest(file, kind) {
  const { text } = await read(file, bestSettings[kind] ?? defaultSetting, ['tsv']);
  return text.split('\n').flatMap((row) => {
    const [level, , , , , , left, top, width, height, confidence, word = ''] = row.split('\t');
    if (level !== '5' || word.trim() === '') return [];
    const [x0, y0] = [Number(left), Number(top)];
    return [
      { text: word, box: [x0, y0, x0 + Number(width), y0 + Number(height)], confidence: Number(confidence) / 100 },
    ];
  });
}

async function read(file, { mode, scale }, output = []) {
  const input = scale === 1 ? undefined : await enlarged(file, scale);
  const startMs = commandMs();
  const child = spawn('tesseract', [input ? '-' : file, '-', '-l', 'eng', '--psm', mode, ...output], {
    env: { ...process.env, OMP_THREAD_LIMIT: '1' },
    stdio: [input ? 'pipe' : 'ignore', 'pipe', 'ignore'],
  });
  if (input) {
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  }
  const text = await new Promise((resolve, reject) => {
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
  return { text, ms: commandMs() - startMs };
}

async function enlarged(file, scale) {
  const { width, height } = await sharp(file).metadata();
  const size = { width: Math.round(width * scale), height: Math.round(height * scale), fit: 'fill' };
  const image = sharp(file).flatten({ background: '#ffffff' }).grayscale().resize(size).toColourspace('b-w');
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return Buffer.concat([Buffer.from(`P5\n${info.width} ${info.height}\n255\n`), data]);
}
