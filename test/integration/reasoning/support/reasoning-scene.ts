import {
  answerJobWorkSchema,
  jobFinishedSchema,
  pageReadSchema,
  type DocumentResult,
  type JobFinished,
  type PageLayout,
  type RouteAttempt,
  type TaskOf,
  type Task,
} from '@waybill/contracts';
import { layOutPage } from '@waybill/document-layout';
import { scalePicture } from '@waybill/documents';
import { shippedGuardrailPolicy, type GuardrailPolicy } from '@waybill/guardrails';
import {
  buildRouteTable,
  InProcessPurse,
  InProcessRouteState,
  MemoryAnswerJournal,
  MemoryAttemptLog,
  MemoryKeyHealth,
  shippedCatalog,
  shippedPolicy,
  type PictureLoans,
  type RoutingPolicy,
  type SpendIntent,
} from '@waybill/llm-routing';
import { configuredProviders, routableCatalog } from '@waybill/model-providers';
import type { Environment } from '@waybill/platform';
import { startModelSimulator, type ModelSimulator } from '@waybill/provider-simulator';
import sharp from 'sharp';
import { AnswerDocument } from '../../../../apps/reasoning/src/answer-document.js';
import { AnswerJob } from '../../../../apps/reasoning/src/answer-job.js';
import { answerKinds } from '../../../../apps/reasoning/src/answer-kinds.js';
import { DocumentGuards } from '../../../../apps/reasoning/src/guard/document-guards.js';
import { PagePictures } from '../../../../apps/reasoning/src/page-pictures.js';
import { contextOf, MemoryRecords } from '../../../support/memory-records.js';

/** A line of a page under test; sure unless it says otherwise. */
export interface DrawnLine {
  readonly text: string;
  readonly confidence?: number;
}

/** A page under test. Its picture is white, with a black bar where each line that was read badly stands. */
export interface DrawnPage {
  readonly lines?: readonly (string | DrawnLine)[];
  readonly widthPx?: number;
  readonly heightPx?: number;
  readonly lineHeightPx?: number;
  readonly class?: 'dense' | 'visual' | 'photo';
  readonly kind?: 'text' | 'chart' | 'photo' | 'receipt';
}

const moment = '2026-01-01T00:00:00.000Z';

/** The purse of one process, which remembers what it was asked for. */
class RememberingPurse extends InProcessPurse {
  readonly intents: SpendIntent[] = [];

  override reserve(intent: SpendIntent): ReturnType<InProcessPurse['reserve']> {
    this.intents.push(intent);
    return super.reserve(intent);
  }
}

/** Reasoning in this process, with real providers that speak to the simulator over the wire. */
export class ReasoningScene {
  private constructor(readonly simulator: ModelSimulator) {}

  purse = new RememberingPurse();
  state = new InProcessRouteState(new MemoryRecords().clock);

  static async start(): Promise<ReasoningScene> {
    return new ReasoningScene(await startModelSimulator());
  }

  reset(): void {
    this.simulator.reset();
    this.purse = new RememberingPurse();
    this.state = new InProcessRouteState(new MemoryRecords().clock);
  }

  close(): Promise<void> {
    return this.simulator.close();
  }

  /** Models that were called, in order. */
  get asked(): string[] {
    return this.simulator.requests.map(({ call }) => call.model);
  }

  /** Everything that was said in a call, besides the system message. */
  said(at: number): string {
    return this.simulator.requests[at]?.call.texts.join('\n') ?? '';
  }

  /** The next call of a model gives this. */
  answers(model: string, json: object): void {
    this.simulator.script({ model, times: 1, behaviour: { kind: 'answer', text: JSON.stringify(json) } });
  }

  /** Runs a job about one document to its end. */
  async run(task: Task, pages: readonly DrawnPage[], differs: SceneTerms = {}): Promise<SceneEnd> {
    const records = new MemoryRecords();
    const work = answerJobWorkSchema.parse({
      ...{ version: 1, tenant: 'acme', jobId: 'job_1', deadline: '2999-01-01T00:00:00.000Z' },
      pages: await Promise.all(pages.map((page, at) => pageRead(records, page, at + 1))),
      plan: {
        ...{ acceptedAt: moment, task, routing: differs.routing ?? {} },
        documents: [{ document: 0, mediaType: 'image/png', sizeBytes: 1, pages: pages.length }],
      },
    });
    const environment = { WAYBILL_MODEL_SIMULATOR_URL: this.simulator.url } as Environment;
    const surroundings = { blobs: records.store, keyHealth: new MemoryKeyHealth(), clock: records.clock };
    const configured = await configuredProviders(environment, shippedCatalog, { ...surroundings, random: () => 0 });
    const policy: RoutingPolicy = { ...shippedPolicy, ...differs.policy };
    const table = buildRouteTable(routableCatalog(shippedCatalog, configured), policy);
    const { purse, state } = this;
    const kept = { journal: new MemoryAnswerJournal(), attempts: new MemoryAttemptLog(), prior: () => undefined };
    const loans = differs.loans ? { loans: differs.loans } : {};
    const tools = { ...configured, ...kept, ...loans, table: () => table, state, purse };
    const guards = new DocumentGuards({
      ...{
        policy: () => differs.guardrails ?? shippedGuardrailPolicy,
        moderators: () => new Map(),
        look: async () => ({}),
      },
      ...{ store: records.store, scale: scalePicture },
    });
    const pictures = new PagePictures(records.store, scalePicture, guards.covers);
    const kinds = answerKinds({ ...tools, clock: records.clock }, pictures, guards);
    const documents = new AnswerDocument(kinds, records.store, guards);
    const job = new AnswerJob(records.events, documents, records);
    // In the last lane nothing moves on.
    await job.run(work, 'frontier', contextOf({}));
    const finished = jobFinishedSchema.parse(records.events.all.at(-1));
    const attempts = finished.result?.routes?.[0]?.attempts ?? [];
    return {
      finished,
      document: finished.result!.documents[0]!,
      attempts,
      paid: attempts.filter(({ tier }) => tier > 0),
    };
  }
}

export interface SceneTerms {
  readonly routing?: object;
  readonly policy?: Partial<RoutingPolicy>;
  readonly guardrails?: GuardrailPolicy;
  readonly loans?: PictureLoans;
}

export interface SceneEnd {
  readonly finished: JobFinished;
  readonly document: DocumentResult;
  readonly attempts: readonly RouteAttempt[];
  readonly paid: readonly RouteAttempt[];
}

/** Only these models may be asked. */
export const onlyModels = (...models: string[]): SceneTerms => ({
  policy: { allow: ['waybill/rules-1', ...models] },
});

export const extracting = (properties: object): TaskOf<'extract'> => ({
  kind: 'extract',
  schema: { type: 'object', properties },
});

export async function pageRead(records: MemoryRecords, drawn: DrawnPage, page: number) {
  const { widthPx = 800, heightPx = 1_000, lineHeightPx = 24 } = drawn;
  const lines = (drawn.lines ?? []).map((line) => (typeof line === 'string' ? { text: line } : line));
  const words = lines.flatMap(({ text, confidence = 0.98 }, row) =>
    [...text.matchAll(/\S+/g)].map((match) => {
      const [left, top] = [20 + match.index * 9, 20 + row * lineHeightPx * 2];
      const box: [number, number, number, number] = [left, top, left + match[0].length * 9, top + lineHeightPx];
      return { text: match[0], confidence, box };
    }),
  );
  const size = { width: widthPx, height: heightPx, unit: 'px' as const, dpi: null, rotation: 0 as const };
  const layout: PageLayout = layOutPage({
    ...{ document: 0, page, ...size, skewDegrees: 0, source: 'ocr', languages: [], remarks: [] },
    ...{ engine: { name: 'test', version: '1' }, words },
  });
  const bars = words
    .filter(({ confidence }) => confidence < 0.7)
    .map(({ box: [x0, y0, x1, y1] }) => `<rect x="${x0}" y="${y0}" width="${x1 - x0}" height="${y1 - y0}"/>`);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}">${bars.join('')}</svg>`;
  const picture = await sharp(Buffer.from(svg)).flatten({ background: '#ffffff' }).png().toBuffer();
  const sum = words.reduce((all, { confidence }) => all + confidence, 0);
  const kind = drawn.kind ?? 'text';
  return pageReadSchema.parse({
    ...{ version: 1, type: 'page-read', tenant: 'acme', jobId: 'job_1', at: moment, document: 0, page },
    ...{ attempts: 1, times: {} },
    layout: await records.store.put('acme', `layouts/0-${page}`, Buffer.from(JSON.stringify(layout))),
    image: await records.store.put('acme', `images/0-${page}`, picture),
    summary: {
      ...{ ...size, source: 'ocr', engine: 'test', words: words.length },
      confidence: words.length > 0 ? sum / words.length : null,
      classification: {
        ...{ kind, confidence: 0.9, kinds: [{ kind, probability: 0.9 }], stage: 'read', version: 1 },
        class: drawn.class ?? 'dense',
      },
    },
  });
}
