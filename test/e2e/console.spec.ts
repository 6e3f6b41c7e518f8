import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRequire } from 'node:module';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { readPageSubject, tenantSchema } from '@waybill/contracts';
import { startModelSimulator, type ModelSimulator } from '@waybill/provider-simulator';
import { drawSamples } from '@waybill/samples';
import { startStack, temporaryFolder, type TemporaryFolder, type TestStack } from '../support/index.js';
import { drawPdf } from './support/draw-documents.js';
import { chromiumFlags, findChromium } from './support/find-chromium.js';

const executablePath = await findChromium();
if (!executablePath) {
  console.error('The console is not tested: no Chromium is here. Install one, or name it in WAYBILL_CHROMIUM.');
}
const suite = executablePath ? describe : describe.skip;
const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let folder: TemporaryFolder;
let stack: TestStack;
let simulator: ModelSimulator;
let browser: Browser;
let page: Page;
let asked: string[] = [];
let said: string[] = [];
let jobPath: string;
const samples: string[] = [];

async function faultsOf(): Promise<string[]> {
  return await page.evaluate(`(async () => {
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).slice(0, 3).join(' '));
  })()`);
}

suite('the console', () => {
  beforeAll(async () => {
    folder = await temporaryFolder('console');
    const drawn = await drawSamples(join(folder.path, 'samples'));
    samples.push(...drawn.map(({ path }) => path).filter((path) => path.endsWith('.pdf')));
    const long = join(folder.path, 'long.pdf');
    await writeFile(long, await drawPdf(Array.from({ length: 1_000 }, (_, index) => `This is page ${index + 1}.`)));
    simulator = await startModelSimulator();
    stack = await startStack({ env: { WAYBILL_MODEL_SIMULATOR_URL: simulator.url } });
    browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: chromiumFlags });
    // Axe is put in by the browser's own console, which the page's policy does not bind.
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: false });
    page = await context.newPage();
    // A limit for what hangs: the jobs that the page shows are read on the same machine.
    page.setDefaultTimeout(120_000);
    page.on('request', (request) => asked.push(request.url()));
    page.on('pageerror', (error) => said.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') said.push(message.text());
    });
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
    await simulator?.close();
    await folder?.remove();
  });

  it('opens at the front door, and says what to do where nothing is yet', async () => {
    await page.goto(stack.url);
    expect(new URL(page.url()).pathname).toBe('/console/');
    await page.getByText('No jobs yet').waitFor();
    await page.getByText('ocr-read-page', { exact: true }).waitFor();
  });

  it('takes documents, and shows a field where it stands on the page', async () => {
    await page.getByRole('link', { name: 'Submit', exact: true }).click();
    await page.locator('input[type=file]').setInputFiles(samples.slice(0, 1));
    await page.getByText('✓ completed').waitFor();
    await page.getByRole('link', { name: 'look at it' }).click();
    const [field] = await page
      .locator('.fields button')
      .all()
      .then(async (all) => {
        await page.locator('.fields button').first().waitFor();
        return all.length > 0 ? all : await page.locator('.fields button').all();
      });
    await field?.click();
    await page.locator('.lit rect').first().waitFor();
    expect(await page.locator('.layer-words rect').count()).toBeGreaterThan(10);
    await page.getByRole('button', { name: 'words' }).click();
    expect(await page.locator('.marks.layer-words').count()).toBe(0);
    expect(new URL(page.url()).searchParams.get('field')).toMatch(/^\//);
  });

  it('retries a job as a new one, and gives its answer as a file', async () => {
    const before = page.url();
    await page.getByText('Download', { exact: true }).click();
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'markdown' }).click();
    const file = await (await coming).path();
    expect((await readFile(file, 'utf8')).length).toBeGreaterThan(50);
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.waitForURL((url) => url.href.split('?')[0] !== before.split('?')[0]);
    await page.getByText('✓ completed').first().waitFor();
    jobPath = new URL(page.url()).pathname.slice('/console'.length);
  });

  it('shows what guardrails hid from models, and where', async () => {
    const letter = await drawPdf(['Courier: Anna Miller', 'Write to anna.miller@example.org']);
    const schema = { type: 'object', properties: { courier: { type: 'string' } } };
    const submission = {
      id: 'guarded',
      task: { kind: 'extract', schema },
      routing: { sensitivity: 'confidential' },
      documents: [{ inline: Buffer.from(letter).toString('base64'), name: 'letter.pdf' }],
    };
    const headers = { 'content-type': 'application/json' };
    await fetch(`${stack.url}/v1/jobs`, { method: 'POST', headers, body: JSON.stringify(submission) });
    await page.goto(`${stack.url}/console/jobs/guarded`);
    const finding = page.locator('.guardrails button', { hasText: 'email: hidden from models as [EMAIL_1]' });
    await finding.click();
    await page.locator('.lit rect').first().waitFor();
    expect(await page.locator('.layer-guarded rect').count()).toBeGreaterThan(0);
    expect(await page.getByRole('button', { name: 'guarded' }).getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('link', { name: 'Route' }).click();
    await page.locator('.story article').first().waitFor();
    await page.getByRole('link', { name: 'Cost' }).click();
    await page
      .getByText(/a page|an image/)
      .first()
      .waitFor();
  });

  it('takes what is dropped on it', async () => {
    await page.getByRole('link', { name: 'Submit', exact: true }).click();
    const files = await page.evaluateHandle(`(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['Dear reader'], 'dropped.txt', { type: 'text/plain' }));
      return transfer;
    })()`);
    await page.locator('.drop').dispatchEvent('drop', { dataTransfer: files });
    await page.locator('.sent li', { hasText: 'dropped.txt' }).getByText('✓ completed').waitFor();
  });

  it('tells why a message was given up, and replays it', async () => {
    const connection = await connect({ servers: new URL(stack.nats.url).host });
    await jetstream(connection).publish(readPageSubject(tenantSchema.parse('default'), 'front'), '{"version":');
    await connection.close();
    await page.goto(`${stack.url}/console/dead-letters`);
    await page.getByText('is not JSON').first().waitFor();
    await page.getByText('Original message').first().click();
    await page.locator('pre', { hasText: '{"version":' }).first().waitFor();
    await page
      .getByRole('button', { name: /Replay message/ })
      .first()
      .click();
    await page.getByText(/is on its way again/).waitFor();
  });

  it('finds jobs by their status, with the filter in the address', async () => {
    await page.getByRole('link', { name: 'Jobs', exact: true }).click();
    await page.locator('.job-row').first().waitFor();
    await page.getByLabel('Status').selectOption('failed');
    await page.getByText('No such jobs').waitFor();
    expect(new URL(page.url()).search).toBe('?status=failed');
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.locator('.job-row').nth(1).waitFor();
  });

  it('goes by keys alone', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('u');
    await page.getByRole('heading', { name: 'Usage' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('says where a piece of work would go', async () => {
    await page.getByRole('link', { name: 'Routing' }).click();
    await page.getByText('It would go to').waitFor();
    await page.getByLabel('Tier at most').selectOption('free');
    await page.locator('.verdict', { hasText: 'rules' }).waitFor();
  });

  it('draws what can be seen of a document of 1,000 pages', async () => {
    // Still to be read when it is cancelled, however slow the browser is.
    const { pid } = stack.service('ocr');
    process.kill(pid, 'SIGSTOP');
    try {
      await page.getByRole('link', { name: 'Submit', exact: true }).click();
      await page.locator('input[type=file]').setInputFiles(join(folder.path, 'long.pdf'));
      await page.getByRole('link', { name: 'look at it' }).first().click();
      await page.locator('.page-button').first().waitFor();
      expect(await page.locator('.page-button').count()).toBeLessThan(60);
      await page.goto(`${page.url().split('?')[0]}?page=1000`);
      await page.getByText('1000 / 1000').waitFor();
      await page.locator('.page-button[aria-current=page]').waitFor();
      expect(await page.locator('.page-button[aria-current=page]').innerText()).toContain('1000');
      expect(await page.locator('*').count()).toBeLessThan(1_000);
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByText('– cancelled').waitFor();
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  });

  it.each(['light', 'dark'] as const)('has no serious fault in the eyes of axe, %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const path of [
      '/',
      '/jobs',
      jobPath,
      `${jobPath}?tab=route`,
      '/jobs/guarded',
      '/jobs/guarded?tab=route',
      '/jobs/guarded?tab=cost',
      '/jobs/guarded?tab=events',
      '/submit',
      '/usage',
      '/routing',
      '/dead-letters',
    ]) {
      await page.goto(`${stack.url}/console${path}`);
      await page.locator('h1').waitFor();
      await page.locator('.skeleton').first().waitFor({ state: 'detached' });
      await page.evaluate(axeSource);
      expect({ path, faults: await faultsOf() }).toEqual({ path, faults: [] });
    }
  });

  it('has asked nobody else for anything, and had nothing to complain of', async () => {
    expect(asked.length).toBeGreaterThan(50);
    expect(asked.filter((url) => !url.startsWith(stack.url) && !url.startsWith('blob:'))).toEqual([]);
    // A page of the cancelled job was never read, and the browser notes the 404.
    expect(said.filter((sentence) => !sentence.includes('status of 404'))).toEqual([]);
    [asked, said] = [[], []];
  });

  it('asks for a key where one is needed, and keeps it out of the address', async () => {
    await page.route('**/v1/**', async (route) => {
      const isKnown = route.request().headers()['authorization'] === 'Bearer good';
      if (isKnown) await route.continue();
      else await route.fulfill({ status: 401, json: { detail: 'There is no such key.' } });
    });
    await page.goto(`${stack.url}/console/jobs`);
    await page.getByLabel('API key').fill('bad');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('There is no such key.').waitFor();
    await page.getByLabel('API key').fill('good');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('.job-row').first().waitFor();
    expect(page.url()).toBe(`${stack.url}/console/jobs`);
  });
});
