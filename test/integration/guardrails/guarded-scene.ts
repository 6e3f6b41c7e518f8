import { answerJobWorkSchema, pageReadSchema } from '@waybill/contracts';
import { layOutPage, type OcrEngine } from '@waybill/document-layout';
import { scalePicture } from '@waybill/documents';
import { createModerators, lookAtPicture } from '@waybill/guardrail-engines';
import { parseGuardrailPolicy, shippedGuardrailPolicy, type GuardrailPolicy } from '@waybill/guardrails';
import {
  buildRouteTable,
  InProcessPurse,
  InProcessRouteState,
  MemoryAnswerJournal,
  MemoryAttemptLog,
  shippedCatalog,
  shippedPolicy,
} from '@waybill/llm-routing';
import { configuredProviders, routableCatalog } from '@waybill/model-providers';
import { createOcrEngine } from '@waybill/ocr-engines';
import { loadEnvironment } from '@waybill/platform';
import sharp from 'sharp';
import { AnswerDocument } from '../../../apps/reasoning/src/answer-document.js';
import { answerKinds } from '../../../apps/reasoning/src/answer-kinds.js';
import { documentsOfWork } from '../../../apps/reasoning/src/documents-of-work.js';
import { DocumentGuards } from '../../../apps/reasoning/src/guard/document-guards.js';
import { PagePictures } from '../../../apps/reasoning/src/page-pictures.js';
import { MemoryRecords } from '../../support/memory-records.js';

const never = new AbortController().signal;
const moment = '2026-01-01T00:00:00.000Z';

/** What a job differs in. */
export interface GuardedJob {
  readonly task: object;
  readonly policy?: object;
  readonly sensitivity?: string;
}

/** The reasoning of one document with real engines and providers, and a simulator on the other side. */
export class GuardedScene {
  readonly records = new MemoryRecords();
  readonly engine: OcrEngine = createOcrEngine({
    ...loadEnvironment({ WAYBILL_OCR_ENGINE: 'tesseract-js', WAYBILL_OCR_WORKERS: '1' }),
  });

  constructor(
    private readonly simulatorUrl: string,
    private readonly variables: Readonly<Record<string, string>> = {},
  ) {}

  /** The words that OCR reads in a picture. */
  async readText(picture: Uint8Array): Promise<string> {
    return (await this.#recognise(picture)).words.map(({ text }) => text).join(' ');
  }

  /** Answers a task about one page that is a picture, read so badly that models are shown it. */
  async answer(picture: Uint8Array, { task, policy = {}, sensitivity = 'confidential' }: GuardedJob) {
    const guardrailPolicy: GuardrailPolicy = parseGuardrailPolicy({ ...shippedGuardrailPolicy, ...policy });
    const work = answerJobWorkSchema.parse({
      ...{ version: 1, tenant: 'acme', jobId: 'job_1', deadline: '2999-01-01T00:00:00.000Z' },
      pages: [await this.#pageRead(picture)],
      plan: {
        ...{ acceptedAt: moment, task, routing: { sensitivity } },
        documents: [{ document: 0, mediaType: 'image/png', sizeBytes: 1, pages: 1 }],
      },
    });
    const [document] = documentsOfWork(work);
    const documents = await this.#documents(guardrailPolicy);
    const answered = await documents.answer({ work, document: document!, spentUsd: 0, lane: 'frontier' }, never);
    if (answered.kind !== 'ended') throw new Error(`The document is ${answered.kind}.`);
    return answered;
  }

  async #documents(policy: GuardrailPolicy): Promise<AnswerDocument> {
    const { clock, store } = this.records;
    const state = new InProcessRouteState(clock);
    const keyHealth = { coolingUntil: async () => new Map<string, Date>(), cool: async () => undefined };
    const environment = loadEnvironment({ WAYBILL_MODEL_SIMULATOR_URL: this.simulatorUrl });
    const surroundings = { blobs: store, keyHealth, clock, random: () => 0 };
    const configured = await configuredProviders(environment, shippedCatalog, surroundings);
    const table = buildRouteTable(routableCatalog(shippedCatalog, configured), shippedPolicy);
    const tools = {
      ...configured,
      table: () => table,
      journal: new MemoryAnswerJournal(),
      attempts: new MemoryAttemptLog(),
      prior: () => undefined,
      clock,
      state,
      purse: new InProcessPurse(),
    };
    const guards = new DocumentGuards({
      policy: () => policy,
      moderators: (current) => createModerators(current, this.variables),
      ...{ store, look: lookAtPicture, scale: scalePicture },
    });
    return new AnswerDocument(
      answerKinds(tools, new PagePictures(store, scalePicture, guards.covers), guards),
      store,
      guards,
    );
  }

  async #recognise(picture: Uint8Array) {
    const { data, info } = await sharp(picture)
      .flatten({ background: '#fff' })
      .grayscale()
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const raster = { data, width: info.width, height: info.height, channels: 1, dpi: 150 } as const;
    return {
      ...(await this.engine.recognise(raster, { languages: ['eng'], signal: never })),
      width: info.width,
      height: info.height,
    };
  }

  async #pageRead(picture: Uint8Array) {
    const { words, width, height, rotation } = await this.#recognise(picture);
    const layout = layOutPage({
      ...{ document: 0, page: 1, width, height, unit: 'px', dpi: 150, rotation, skewDegrees: 0, source: 'ocr' },
      ...{ engine: { name: 'test', version: '1' }, languages: ['eng'], remarks: [], words },
    });
    const { store } = this.records;
    const [kept, image] = await Promise.all([
      store.put('acme', 'layouts/0-1', Buffer.from(JSON.stringify(layout))),
      store.put('acme', 'pages/0-1', Buffer.from(picture)),
    ]);
    return pageReadSchema.parse({
      ...{ version: 1, type: 'page-read', tenant: 'acme', jobId: 'job_1', at: moment, document: 0, page: 1 },
      ...{ layout: kept, image, attempts: 1, times: {} },
      summary: {
        ...{ width, height, unit: 'px', dpi: 150, rotation, source: 'ocr', engine: 'test' },
        // Too unsure for words alone.
        ...{ words: words.length, confidence: 0.1 },
      },
    });
  }
}
