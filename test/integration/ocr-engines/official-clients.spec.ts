import { AnalyzeDocumentCommand, DetectDocumentTextCommand, TextractClient } from '@aws-sdk/client-textract';
import createAzureClient, { getLongRunningPoller, isUnexpected } from '@azure-rest/ai-document-intelligence';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Mistral } from '@mistralai/mistralai';
import Reducto, { toFile } from 'reductoai';
import sharp from 'sharp';
import {
  drawnPage,
  type OcrSimulator,
  simulateAzure,
  simulateMistral,
  simulateReducto,
  simulateTextract,
  svgOf,
  wordsOf,
} from '@waybill/provider-simulator';

const page = drawnPage();
const texts = wordsOf(page).map(({ text }) => text);
const picture = (): Promise<Buffer> =>
  sharp(Buffer.from(svgOf(page)))
    .png()
    .toBuffer();

/** The providers' own clients must be content with the simulators, or the simulators prove nothing. */
describe("a simulator, asked by its provider's own client,", () => {
  let simulator: OcrSimulator;
  afterEach(() => simulator.server.stop());

  it('analyses a page as Azure Document Intelligence does', async () => {
    simulator = await simulateAzure(page);
    const client = createAzureClient(
      simulator.server.url,
      { key: simulator.secret },
      { allowInsecureConnection: true, retryOptions: { maxRetries: 0 } },
    );
    const begun = await client.path('/documentModels/{modelId}:analyze', 'prebuilt-layout').post({
      contentType: 'application/json',
      body: { base64Source: (await picture()).toString('base64') },
    });
    if (isUnexpected(begun)) throw new Error(begun.body.error.message);
    const ended = await getLongRunningPoller(client, begun, { intervalInMs: 1 }).pollUntilDone();
    const { analyzeResult } = ended.body as {
      analyzeResult: { pages: { words: { content: string }[] }[]; tables: object[] };
    };
    expect(analyzeResult.pages[0]?.words.map(({ content }) => content)).toEqual(texts);
    expect(analyzeResult.tables).toHaveLength(1);
    expect(simulator.server.billedPages).toBe(1);
  });

  it("analyses a page as AWS Textract does, with the client's own signature, and throws its errors", async () => {
    simulator = await simulateTextract(page);
    const { WAYBILL_OCR_AWS_ACCESS_KEY_ID: accessKeyId = '' } = simulator.environment;
    const clientWith = (secretAccessKey: string): TextractClient =>
      new TextractClient({
        region: 'us-east-1',
        endpoint: simulator.server.url,
        credentials: { accessKeyId, secretAccessKey },
        maxAttempts: 1,
      });
    const client = clientWith(simulator.secret);
    const Document = { Bytes: await picture() };
    const { Blocks } = await client.send(new AnalyzeDocumentCommand({ Document, FeatureTypes: ['TABLES', 'FORMS'] }));
    expect(Blocks?.filter(({ BlockType }) => BlockType === 'WORD').map(({ Text }) => Text)).toEqual(texts);
    expect(Blocks?.filter(({ BlockType }) => BlockType === 'CELL')).toHaveLength(9);
    const detected = await client.send(new DetectDocumentTextCommand({ Document }));
    expect(detected.DocumentMetadata?.Pages).toBe(1);
    simulator.server.script(/^\/$/, simulator.refusals.busy);
    const busy = client.send(new DetectDocumentTextCommand({ Document }));
    await expect(busy).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
    const forged = clientWith('another-secret').send(new DetectDocumentTextCommand({ Document }));
    await expect(forged).rejects.toMatchObject({ name: 'InvalidSignatureException' });
    expect(simulator.server.billedPages).toBe(2);
  });

  it('reads a page as Mistral OCR does', async () => {
    simulator = await simulateMistral(page);
    const client = new Mistral({ apiKey: simulator.secret, serverURL: simulator.server.url });
    const answer = await client.ocr.process({
      model: 'mistral-ocr-4-0',
      document: { type: 'image_url', imageUrl: `data:image/png;base64,${(await picture()).toString('base64')}` },
      includeBlocks: true,
      confidenceScoresGranularity: 'word',
    });
    expect(answer.usageInfo.pagesProcessed).toBe(1);
    expect(answer.pages[0]?.blocks?.map(({ type }) => type)).toEqual(['title', 'text', 'text', 'text', 'table']);
    expect(answer.pages[0]?.confidenceScores?.wordConfidenceScores?.map(({ text }) => text)).toEqual(texts);
  });

  it('parses a page as Reducto does, at once and as a job', async () => {
    simulator = await simulateReducto(page);
    const client = new Reducto({ apiKey: simulator.secret, baseURL: simulator.server.url, maxRetries: 0 });
    const { file_id: input } = await client.upload({ file: await toFile(await picture(), 'page.png') });
    const settings = { return_ocr_data: true };
    const parsed = await client.parse.run({ input, settings });
    if (!('result' in parsed) || parsed.result.type !== 'full') throw new Error('There is no full result.');
    expect(parsed.result.ocr?.words.map(({ text }) => text)).toEqual(texts);
    expect(parsed.usage).toMatchObject({ num_pages: 1, credits: 2 });
    const { job_id } = await client.parse.runJob({ input, settings });
    expect((await client.job.get(job_id)).status).toBe('Pending');
    expect(await client.job.get(job_id)).toMatchObject({ status: 'Completed', result: { job_id: expect.any(String) } });
  });
});
