import { expect } from '@jest/globals';
import {
  answerJobWorkSchema,
  jobFinishedSchema,
  pageReadSchema,
  type AnswerJobWork,
  type JobFinished,
  type PageLayout,
  type ReasoningLane,
} from '@waybill/contracts';
import { layOutPage } from '@waybill/document-layout';
import {
  buildRouteTable,
  InProcessPurse,
  InProcessRouteState,
  MemoryAnswerJournal,
  shippedCatalog,
  shippedPolicy,
  type CascadeTools,
  type ModelProvider,
} from '@waybill/llm-routing';
import { shippedGuardrailPolicy } from '@waybill/guardrails';
import { routableCatalog, RulesProvider } from '@waybill/model-providers';
import { contextOf, MemoryRecords } from './memory-records.js';
import { AnswerDocument } from '../../apps/reasoning/src/answer-document.js';
import { AnswerJob } from '../../apps/reasoning/src/answer-job.js';
import { answerKinds } from '../../apps/reasoning/src/answer-kinds.js';
import { EventAttemptLog } from '../../apps/reasoning/src/event-attempt-log.js';
import { DocumentGuards } from '../../apps/reasoning/src/guard/document-guards.js';
import { PagePictures } from '../../apps/reasoning/src/page-pictures.js';

const moment = '2026-01-01T00:00:00.000Z';

export const slip = [
  'Quellmark Stores Ltd',
  '12 Alder Lane, Millhaven 40312',
  'Date: 14/03/2026',
  'Bread 3.00',
  'TOTAL £3.00',
  'CASH 5.00',
  'CHANGE 2.00',
];

/** A slip of paper with these lines, laid out as the ocr service does. */
export const layoutOf = (lines: readonly string[]): PageLayout =>
  layOutPage({
    ...{ document: 0, page: 1, width: 300, height: 600, unit: 'px', dpi: null, rotation: 0, skewDegrees: 0 },
    ...{ source: 'text-layer', engine: { name: 'test', version: '1' }, languages: [], remarks: [] },
    words: lines.flatMap((line, row) =>
      [...line.matchAll(/\S+/g)].map((match) => ({
        text: match[0],
        box: [10 + match.index * 6, 20 + row * 20, 10 + (match.index + match[0].length) * 6, 32 + row * 20],
        confidence: 0.9,
      })),
    ),
  });

/** What rules cannot find. */
export const asked = {
  type: 'object',
  properties: { cashier: { type: 'string' }, total: { type: 'number' } },
};

export const failing = (error: Error): ModelProvider => ({ id: 'rules', call: () => Promise.reject(error) });

/** A provider of cheap models whose calls all end so. */
export const cheap = (call: ModelProvider['call']): ModelProvider => ({ id: 'google', call });

/** Jobs answered in memory, by the providers that a test brings. */
export class AnswerScene {
  readonly records = new MemoryRecords();
  readonly purse = new InProcessPurse();
  readonly journal = new MemoryAnswerJournal();

  documents(providers: readonly ModelProvider[], policy = shippedPolicy): AnswerDocument {
    const known = new Map(providers.map((provider) => [provider.id, provider]));
    const table = buildRouteTable(routableCatalog(shippedCatalog, { providers: known }), policy);
    const { clock, store } = this.records;
    const tools: CascadeTools = {
      ...{ table: () => table, providers: known, simulated: new Set(), clock },
      ...{
        state: new InProcessRouteState(clock),
        purse: this.purse,
        journal: this.journal,
        attempts: new EventAttemptLog(this.records.events, clock),
      },
    };
    const scale = async (bytes: Uint8Array) => ({ bytes, widthPx: 1, heightPx: 1 });
    const guards = new DocumentGuards({
      policy: () => shippedGuardrailPolicy,
      moderators: () => new Map(),
      ...{ store, look: async () => ({}), scale },
    });
    return new AnswerDocument(
      answerKinds({ ...tools, prior: () => undefined }, new PagePictures(store, scale, guards.covers), guards),
      store,
      guards,
    );
  }

  async pageRead(document: number, layout: PageLayout) {
    const bytes = Buffer.from(JSON.stringify(layout));
    const reference = await this.records.store.put('acme', `layouts/${document}-${layout.page}`, bytes);
    const { width, height, unit, dpi, rotation, source, words } = layout;
    return pageReadSchema.parse({
      ...{ version: 1, type: 'page-read', tenant: 'acme', jobId: 'job_1', at: moment, document, page: layout.page },
      ...{ layout: reference, attempts: 1, times: {} },
      summary: {
        width,
        height,
        unit,
        dpi,
        rotation,
        source,
        engine: 'test',
        words: words.length,
        confidence: words.length ? 0.9 : null,
      },
    });
  }

  async run(work: AnswerJobWork, provider: ModelProvider = new RulesProvider(), differs = {}) {
    return await this.runWith(this.documents([provider]), work, differs);
  }

  /** In the last lane, unless a test says otherwise: nothing moves from there. */
  async runWith(documents: AnswerDocument, work: AnswerJobWork, differs = {}, lane: ReasoningLane = 'frontier') {
    const { events, queue, clock } = this.records;
    return await new AnswerJob(events, documents, { queue, clock }).run(work, lane, contextOf(differs));
  }

  get finished(): JobFinished {
    const [finished, ...others] = this.records.events.all.filter(({ type }) => type !== 'attempt-made');
    expect(others).toEqual([]);
    return jobFinishedSchema.parse(finished);
  }
}

export const workOf = (differs: {
  pages: AnswerJobWork['pages'];
  task?: object;
  routing?: object;
  documents?: object[];
}) =>
  answerJobWorkSchema.parse({
    ...{ version: 1, tenant: 'acme', jobId: 'job_1', deadline: '2999-01-01T00:00:00.000Z', pages: differs.pages },
    plan: {
      acceptedAt: moment,
      task: differs.task ?? { kind: 'extract' },
      routing: differs.routing ?? {},
      documents: differs.documents ?? [{ document: 0, mediaType: 'image/png', sizeBytes: 1, pages: 1 }],
    },
  });

export const pageFailed = (document: number, page: number) =>
  ({
    ...{ version: 1, type: 'page-failed', tenant: 'acme', jobId: 'job_1', at: moment, document, page, attempts: 3 },
    failure: { code: 'unreadable-page', message: 'The page is torn.', document, page },
  }) as AnswerJobWork['pages'][number];
