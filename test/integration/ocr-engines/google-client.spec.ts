import { DocumentProcessorServiceClient } from '@google-cloud/documentai';
import { describe, expect, it } from '@jest/globals';
import { OAuth2Client } from 'google-auth-library';
import sharp from 'sharp';
import { drawnPage, simulateGoogle, svgOf, wordsOf } from '@waybill/provider-simulator';

const page = drawnPage();

describe("the simulator of Google Document AI, asked by the provider's own client,", () => {
  it('processes a page over REST', async () => {
    const simulator = await simulateGoogle(page);
    const { hostname, port } = new URL(simulator.server.url);
    // Its token server cannot be named, so the token is given; our own engine asks the simulated one for it.
    const authClient = new OAuth2Client();
    authClient.setCredentials({ access_token: simulator.accessToken });
    const client = new DocumentProcessorServiceClient({
      apiEndpoint: hostname,
      port: Number(port),
      protocol: 'http',
      fallback: true,
      authClient,
    });
    const content = await sharp(Buffer.from(svgOf(page)))
      .png()
      .toBuffer();
    const [{ document }] = await client.processDocument({
      name: simulator.processor,
      rawDocument: { content, mimeType: 'image/png' },
    });
    const [seen] = document?.pages ?? [];
    const texts = seen?.tokens?.map(({ layout }) => {
      const [segment] = layout?.textAnchor?.textSegments ?? [];
      return document?.text?.slice(Number(segment?.startIndex ?? 0), Number(segment?.endIndex)).trim();
    });
    expect(texts).toEqual(wordsOf(page).map(({ text }) => text));
    expect(seen?.tables?.[0]?.bodyRows).toHaveLength(2);
    expect(seen?.formFields).toHaveLength(3);
    await client.close();
    await simulator.server.stop();
    await simulator.remove?.();
  });
});
