#!/usr/bin/env node
/**
 * `npm run screenshots`: starts a stack of its own, submits the samples, and writes the two pictures of the console that
 * the README shows. Needs a Chromium (`WAYBILL_CHROMIUM`, else /usr/bin/chromium).
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { ensureReady, projectFolder } from '../../apps/cli/bin/ensure-ready.mjs';

await ensureReady('servers');
const { drawSamples } = await import('../../dist/libs/samples/src/index.js');
const folder = await mkdtemp(join(tmpdir(), 'waybill-screenshots-'));
const main = join(projectFolder, 'dist', 'apps', 'cli', 'src', 'main.js');
const stack = spawn(process.execPath, [main, 'up', '--port', '0', '--data', join(folder, 'data')], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
let browser;
try {
  const url = await addressOf(stack);
  const key = (await readFile(join(folder, 'data', 'api-key'), 'utf8')).trim();
  const files = (await drawSamples(join(folder, 'samples'))).map(({ path }) => path);
  browser = await chromium.launch({
    executablePath: process.env.WAYBILL_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
  });
  const page = await browser.newPage({ viewport: { width: 1360, height: 850 }, colorScheme: 'light' });
  page.setDefaultTimeout(180_000);
  await page.goto(`${url}/console/submit`);
  await page.getByLabel('Tags').or(page.getByLabel('API key')).first().waitFor();
  if (
    await page
      .getByLabel('API key')
      .isVisible()
      .catch(() => false)
  )
    await signIn(page, key);
  await page.locator('input[type=file]').setInputFiles(files);
  await page
    .locator('.status-completed')
    .nth(files.length - 1)
    .waitFor();
  await page.goto(`${url}/console/`);
  if (
    await page
      .getByLabel('API key')
      .isVisible()
      .catch(() => false)
  )
    await signIn(page, key);
  await page.locator('.bar-main').first().waitFor();
  await take(page, 'console-overview');
  await page.getByText('invoice-three-pages.pdf').first().click();
  await page.locator('.fields button', { hasText: 'vendor' }).first().click();
  await page.locator('.lit rect').first().waitFor();
  await page.locator('.paper image').waitFor();
  await page.evaluate(() => globalThis.scrollTo(0, 0));
  await take(page, 'console-job');
} finally {
  await browser?.close();
  stack.kill('SIGTERM');
  await new Promise((resolve) => stack.once('close', resolve));
  await rm(folder, { recursive: true, force: true });
}

async function addressOf(child) {
  let written = '';
  for await (const piece of child.stdout) {
    written += piece;
    const found = /console\s+(http\S+)\/console\//.exec(written);
    if (found) return found[1];
  }
  throw new Error(`The stack did not start:\n${written}`);
}

async function signIn(page, key) {
  await page.getByLabel('API key').fill(key);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('.frame').waitFor();
}

async function take(page, name) {
  const path = join(projectFolder, 'docs', 'images', `${name}.png`);
  await sharp(await page.screenshot())
    .png({ palette: true, colours: 128, effort: 10 })
    .toFile(path);
  console.log(path);
}
