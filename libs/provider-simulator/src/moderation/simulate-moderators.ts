import { SimulatorServer, type SimulatedAnswer, type SimulatedRequest } from '../ocr/simulator-server.js';

/** A text or picture is objectionable when it says so; pictures are told by their size alone. */
const marked = /violent-test-phrase/i;
const categories = ['harassment', 'hate', 'illicit', 'self-harm', 'sexual', 'violence'];

/** Content moderation as its services speak it: OpenAI's moderation, Azure Content Safety, and the classifier of our own contract. */
export async function simulateModerators(): Promise<SimulatorServer> {
  const server = new SimulatorServer(answer);
  await server.start();
  return server;
}

function answer({ url: { pathname, searchParams }, headers, body }: SimulatedRequest): SimulatedAnswer {
  const asked = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
  if (pathname === '/v1/moderations') {
    if (!/^Bearer .+/.test(headers.authorization ?? '')) return refused(401, 'Incorrect API key provided.');
    return { status: 200, body: { id: 'modr-1', model: asked['model'], results: openAiResults(asked['input']) } };
  }
  if (pathname.startsWith('/contentsafety/')) {
    if (!headers['ocp-apim-subscription-key']) return refused(401, 'Access denied due to invalid subscription key.');
    if (!searchParams.get('api-version')) return refused(400, 'The api-version query parameter is required.');
    const severity = marked.test(JSON.stringify(asked['text'] ?? '')) ? 6 : 0;
    const analysis = ['Hate', 'SelfHarm', 'Sexual', 'Violence'].map((category) => ({
      category,
      severity: category === 'Violence' ? severity : 0,
    }));
    return { status: 200, body: { blocklistsMatch: [], categoriesAnalysis: analysis } };
  }
  if (pathname === '/classify') {
    const findings = marked.test(body.toString('utf8')) ? [{ category: 'violence', score: 0.9 }] : [];
    return { status: 200, body: { findings } };
  }
  return refused(404, `Unknown path ${pathname}`);
}

/** One result for each text of a list; one for all parts of a multi-modal input. */
function openAiResults(input: unknown): unknown[] {
  const parts = Array.isArray(input) ? (input as unknown[]) : [input];
  const isMultiModal = parts.some((part) => typeof part === 'object');
  const groups = isMultiModal ? [parts] : parts.map((part) => [part]);
  return groups.map((group) => {
    const score = marked.test(JSON.stringify(group)) ? 0.98 : 0.0001;
    const scores = Object.fromEntries(
      categories.map((category) => [category, category === 'violence' ? score : 0.0001]),
    );
    const flags = Object.fromEntries(Object.entries(scores).map(([category, value]) => [category, value > 0.5]));
    return { flagged: score > 0.5, categories: flags, category_scores: scores };
  });
}

const refused = (status: number, message: string): SimulatedAnswer => ({ status, body: { error: { message } } });
