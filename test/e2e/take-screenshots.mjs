#!/usr/bin/env node
/**
 * `npm run screenshots`: starts a stack of its own, submits the samples, and writes the two pictures of the console that
 * the README shows. Needs a Chromium (`WAYBILL_CHROMIUM`, else /usr/bin/chromium).
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureReady, projectFolder } from '../../apps/cli/bin/ensure-ready.mjs';

await ensureReady('servers');
// Not before: a fresh clone has no packages.
const [{ chromium }, { default: sharp }] = await Promise.all([import('playwright-core'), import('sharp')]);
const { drawSamples } = await import('../../dist/libs/samples/src/index.js');
const folder = await mkdtemp(join(tmpdir(), 'waybill-screenshots-'));
const main = join(projectFolder, 'dist', 'apps', 'cli', 'src', 'main.js');
const stack = spawn(process.execPath, [main, 'up', '--port', '0', '--data', join(folder, 'data')], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
let browser;
let page;
try {
  const url = await addressOf(stack);
  const key = (await readFile(join(folder, 'data', 'api-key'), 'utf8')).trim();
  const files = (await drawSamples(join(folder, 'samples'))).map(({ path }) => path);
  browser = await chromium.launch({
    executablePath: process.env.WAYBILL_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
  });
  page = await browser.newPage({ viewport: { width: 1360, height: 850 }, colorScheme: 'light' });
  page.setDefaultTimeout(120_000);
  await page.goto(`${url}/console/submit`);
  await page.getByLabel('API key').fill(key);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('.frame').waitFor();
  await page.locator('input[type=file]').setInputFiles(files);
  await page
    .locator('.sent .status-completed')
    .nth(files.length - 1)
    .waitFor();
  await page.goto(`${url}/console/`);
  await page.locator('.bar-main:not([height="0"])').first().waitFor();
  await take(page, 'console-overview');
  await page.getByText('invoice-three-pages.pdf').first().click();
  await page.locator('.fields button', { hasText: 'vendor' }).first().click();
  await page.locator('.lit rect').first().waitFor();
  await page.locator('.paper image').waitFor();
  await page.evaluate(() => globalThis.scrollTo(0, 0));
  await take(page, 'console-job');
} catch (error) {
  const seen = await page
    ?.locator('body')
    .innerText({ timeout: 2_000 })
    .catch(() => undefined);
  throw new Error(`No picture could be taken${seen === undefined ? '' : `; the console showed:\n${seen}`}`, {
    cause: error,
  });
} finally {
  await browser?.close();
  stack.kill('SIGTERM');
  if (stack.exitCode === null) await new Promise((resolve) => stack.once('close', resolve));
  await rm(folder, { recursive: true, force: true });
}

/** What it writes later is read, too: a pipe that nobody reads ends who writes to it. */
function addressOf(child) {
  return new Promise((resolve, reject) => {
    let written = '';
    child.stdout.setEncoding('utf8').on('data', (piece) => {
      written += piece;
      const found = /console\s+(http\S+)\/console\//.exec(written);
      if (found) resolve(found[1]);
    });
    child.once('close', () => reject(new Error(`The stack did not start:\n${written}`)));
  });
}

async function take(page, name) {
  const path = join(projectFolder, 'docs', 'images', `${name}.png`);
  await sharp(await page.screenshot())
    .png({ palette: true, colours: 128, effort: 10 })
    .toFile(path);
  console.log(path);
}
