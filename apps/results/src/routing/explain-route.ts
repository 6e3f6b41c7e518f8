import type { CandidateView, RouteExplanation, RouteQuestion } from '@waybill/contracts';
import {
  decideRoute,
  exclusionsOf,
  type Candidate,
  type InputForm,
  type PictureFacts,
  type RouteRequest,
  type RouteTable,
  type TokenInterval,
} from '@waybill/llm-routing';

/** English print; other languages and numbers take more. */
const tokensPerWord = { least: 1.2, expected: 1.4, most: 2.2 };
/** Instructions and schema. */
const promptTokens = 400;
/** A4 upright. */
const heightOverWidth = 1.414;
const longEdgePx = { 'page-low': 768, 'page-high': 2_048 } as const;
/** JPEG at quality 80, on the safe side. */
const bytesPerPixel = 0.5;

/** Where work like this would go with nothing learned, and what speaks against each other model. */
export function explainRoute(table: RouteTable, question: RouteQuestion, now: Date): RouteExplanation {
  const request = requestOf(question, now);
  const decision = decideRoute(table, request);
  const { catalogVersion } = decision;
  const exclusions = exclusionsOf(table, request);
  if (decision.kind !== 'route') return { kind: decision.kind, catalogVersion, next: [], exclusions };
  return {
    kind: 'route',
    catalogVersion,
    chosen: candidateView(decision.chosen),
    next: decision.next.map(candidateView),
    exclusions,
  };
}

function requestOf(question: RouteQuestion, now: Date): RouteRequest {
  const { task, documentKind, difficulty, outputTokens, routing, leftMs } = question;
  const { maxCostUsd, ...limits } = routing;
  return {
    ...{ task, documentKind, difficulty, now },
    forms: formsOf(question),
    output: { least: 1, expected: outputTokens, most: outputTokens * 2 },
    capabilities: [],
    level: 'standard',
    limits: { ...limits, leftMs, ...(maxCostUsd === undefined ? {} : { leftUsd: maxCostUsd }) },
  };
}

function formsOf({ pages, wordsPerPage, soundness, pictures }: RouteQuestion): InputForm[] {
  const tokens = (share: number): number => promptTokens + Math.round(pages * wordsPerPage * share);
  const text: TokenInterval = {
    least: tokens(tokensPerWord.least),
    expected: tokens(tokensPerWord.expected),
    most: tokens(tokensPerWord.most),
  };
  const layout: InputForm = { name: 'layout', text, pictures: [], detail: 'high', soundness };
  const withWords = wordsPerPage > 0 ? [layout] : [];
  if (pictures === 'none') return withWords;
  const seen = 0.6 + 0.4 * soundness;
  return [
    ...withWords,
    { ...layout, name: 'page-low', detail: 'low', soundness: seen, pictures: pagesOf('page-low', pages) },
    { ...layout, name: 'page-high', soundness: 1, pictures: pagesOf('page-high', pages) },
  ];
}

function pagesOf(form: keyof typeof longEdgePx, pages: number): PictureFacts[] {
  const heightPx = longEdgePx[form];
  const widthPx = Math.round(heightPx / heightOverWidth);
  const bytes = Math.ceil(widthPx * heightPx * bytesPerPixel);
  return Array.from({ length: pages }, () => ({ widthPx, heightPx, bytes, mediaType: 'image/jpeg' }));
}

const candidateView = ({ card, form, quality, cost, expectedCostUsd, latencyMs }: Candidate): CandidateView => ({
  model: card.id,
  form: form.name,
  quality,
  expectedUsd: cost.expectedUsd,
  mostUsd: cost.mostUsd,
  expectedCostUsd,
  latencyMs,
});
