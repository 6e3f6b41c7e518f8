import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestingModule } from '@nestjs/testing';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { PICTURE_LOANS } from '@waybill/document-store';
import { shippedPolicy, type PictureLoans } from '@waybill/llm-routing';
import { simulateS3, type S3Simulator } from '@waybill/provider-simulator';
import sharp from 'sharp';
import { startTestNats } from '../../support/index.js';
import { openStore } from '../document-store/open-store.js';
import { onlyModels, ReasoningScene, type DrawnPage, type SceneTerms } from './support/reasoning-scene.js';
import { sentPictures } from './support/sent-pictures.js';

const models = {
  google: 'gemini-2.5-flash-lite',
  openai: 'gpt-5.4-mini-2026-03-17',
  anthropic: 'claude-haiku-4-5-20251001',
} as const;
const photo: DrawnPage = { widthPx: 1_500, heightPx: 1_000, class: 'photo', kind: 'photo' };
const descriptions = [1, 2].map((page) => ({ page, description: 'A quay at noon, with a crane.', printed: [] }));

let scene: ReasoningScene;
let s3: S3Simulator;
let server: Awaited<ReturnType<typeof startTestNats>>;
let nats: NatsConnection;
let store: TestingModule;
let loans: PictureLoans;
beforeAll(async () => {
  scene = await ReasoningScene.start();
  s3 = await simulateS3();
  server = await startTestNats();
  nats = await connect({ servers: server.url });
  store = await openStore(nats, { ...s3.environment, WAYBILL_S3_PUBLIC_ENDPOINT: s3.server.url });
  loans = store.get(PICTURE_LOANS);
});
beforeEach(() => {
  scene.reset();
  s3.operations.length = 0;
  s3.server.requests.length = 0;
});
afterAll(async () => {
  await store?.close();
  await nats?.close();
  await server?.stop();
  await s3?.server.stop();
  await scene?.close();
});

/** Two photographs, described by this provider, with pictures lent whatever their size. */
async function describe2(provider: keyof typeof models, terms: Partial<SceneTerms> = {}, aboveBytes = 0) {
  const pictureUrls = { ...shippedPolicy.pictureUrls, aboveBytes };
  const policy = { ...onlyModels(`${provider}/${models[provider]}`).policy, pictureUrls, ...terms.policy };
  scene.answers(models[provider], { descriptions });
  return await scene.run({ kind: 'describe' }, [photo, photo], { loans, ...terms, policy });
}
const lentBytes = () => s3.server.requests.filter(({ method }) => method === 'PUT').map(({ body }) => body);
const wayOf = (paid: Awaited<ReturnType<typeof describe2>>['paid']) => paid.map(({ images }) => images?.[0]?.sentBy);
const bodies = (): string => JSON.stringify(scene.simulator.requests.map(({ body }) => body));

describe('pictures by signed address', () => {
  it.each(['google', 'openai', 'anthropic'] as const)(
    'are fetched by %s as they would have been sent, told in the receipt, and gone afterwards',
    async (provider) => {
      const { paid } = await describe2(provider);
      expect([paid.length, paid[0]?.outcome, wayOf(paid)]).toEqual([1, 'answered', ['signed-url']]);
      const { call } = scene.simulator.requests[0]!;
      expect([call.images, call.imageUrls.length]).toEqual([2, 2]);
      expect(s3.operations.toSorted()).toEqual(
        ['PutObject', 'GetObject', 'DeleteObject'].flatMap((one) => [one, one]).toSorted(),
      );
      expect(lentBytes().map(({ byteLength }) => byteLength)).toEqual(paid[0]!.images!.map(({ bytes }) => bytes));
      expect([s3.bucket.versions, JSON.stringify(paid).includes('X-Amz')]).toEqual([[], false]);
    },
  );

  it('go inline, once, when the provider cannot fetch them: one attempt, one reservation, one price', async () => {
    for (const provider of ['google', 'openai', 'anthropic'] as const) {
      s3.fault('GetObject', 'access-denied', 'access-denied');
      const { paid } = await describe2(provider);
      expect([paid.length, paid[0]?.outcome, wayOf(paid)]).toEqual([1, 'answered', ['inline-after-signed-url']]);
      expect([scene.simulator.requests.length, scene.purse.intents.length]).toEqual([2, 1]);
      expect(await sentPictures(scene.simulator.requests[1]!)).toHaveLength(2);
      expect([s3.bucket.versions, JSON.stringify(paid).includes('X-Amz')]).toEqual([[], false]);
      scene.reset();
    }
  });

  it('go inline when the bucket does not take them', async () => {
    s3.without('PutObject');
    const { paid } = await describe2('google');
    s3.with('PutObject');
    expect([paid[0]?.outcome, wayOf(paid), scene.simulator.requests.length]).toEqual(['answered', [undefined], 1]);
    expect(await sentPictures(scene.simulator.requests[0]!)).toHaveLength(2);
  });

  it('are not used for little, nor for what is more sensitive than the policy says', async () => {
    for (const run of [
      describe2('google', {}, 1_000_000),
      describe2('google', { routing: { sensitivity: 'confidential' } }),
    ]) {
      const { paid } = await run;
      expect(wayOf(paid).every((way) => way === undefined)).toBe(true);
    }
    expect([lentBytes(), bodies().includes('X-Amz')]).toEqual([[], false]);
  });

  it('have what is to be hidden painted over before they leave', async () => {
    const drawn: DrawnPage = {
      ...photo,
      class: 'visual',
      lines: ['Write to jane.roe@quellmark.example at once'],
      lineHeightPx: 40,
    };
    const run = async (sensitivity: 'public' | 'confidential') => {
      scene.answers(models.openai, { descriptions: descriptions.slice(0, 1) });
      const only = onlyModels(`openai/${models.openai}`).policy;
      const pictureUrls = { aboveBytes: 0, sensitivity: ['public' as const, 'confidential' as const] };
      const floor = { ...shippedPolicy.floor, default: 0.6 };
      const policy = { ...only, pictureUrls, floor };
      return await scene.run({ kind: 'describe' }, [drawn], { loans, policy, routing: { sensitivity } });
    };
    const [open, hidden] = [await run('public'), await run('confidential')];
    expect([wayOf(open.paid).at(-1), wayOf(hidden.paid).at(-1)]).toEqual(['signed-url', 'signed-url']);
    const [bright, covered] = await Promise.all(
      lentBytes().map(async (bytes) => (await sharp(bytes).stats()).channels[0]!),
    );
    expect([bright!.min, covered!.min < 40]).toEqual([255, true]);
  });
});
