import type { ExtractTask } from '@waybill/contracts';
import { rateTask } from '@waybill/classification';
import { chooseSchema } from '@waybill/extraction';
import {
  ExtractCascadeTask,
  type Cascade,
  type CascadeTools,
  type Extracted,
  type ReadPage,
} from '@waybill/llm-routing';
import type { AnswerKind, KindAnswer } from '../answer-kind.js';
import type { DocumentWork } from '../documents-of-work.js';
import { kindOfDocument } from '../judge-document.js';
import type { PagePictures } from '../page-pictures.js';

/** Only rules can answer what no schema describes: they give the labelled values as they stand. */
const withoutSchema = ['waybill/rules-1'];

/** The task kind `extract`: fields by a JSON schema. */
export class AnswerExtract implements AnswerKind {
  constructor(
    private readonly cascade: Pick<Cascade, 'run'>,
    private readonly pictures: PagePictures,
    private readonly table: CascadeTools['table'],
  ) {}

  async answer(documentWork: DocumentWork, pages: readonly ReadPage[], signal: AbortSignal): Promise<KindAnswer> {
    const { work, document, spentUsd } = documentWork;
    const { tenant, jobId, plan } = work;
    const task = plan.task as ExtractTask;
    const job = { tenant, jobId };
    const reads = pages.map(({ read }) => read);
    const schema = chooseSchema(
      pages.flatMap(({ layout }) => layout ?? []),
      task.schema,
    );
    const subject = {
      ...{ job, document: document.planned.document, task, schema, pages },
      kind: kindOfDocument(reads, 'unknown'),
      difficulty: rateTask(
        task,
        reads.map(({ summary }) => summary.difficulty),
      ).score,
      fieldFloor: this.table().policy.verification.fieldFloor,
    };
    const cascadeTask = new ExtractCascadeTask(subject, (wanted, chosen) => this.pictures.fetch(wanted, chosen));
    const end = await this.cascade.run<Extracted>(
      {
        ...{
          job,
          tags: plan.tags ?? [],
          document: subject.document,
          pages: reads.map(({ page }) => page),
          task: cascadeTask,
        },
        ...{ routing: plan.routing, deadline: new Date(work.deadline), spentUsd },
        ...(schema ? {} : { only: withoutSchema }),
      },
      signal,
    );
    const told = { models: end.uses, attempts: end.attempts };
    if (end.kind === 'waiting') return { ...told, kind: 'waiting', until: end.until, reason: end.reason };
    if (end.kind === 'failed') return { ...told, kind: 'failed', failure: end.failure };
    const { kind: documentKind, values, fields } = end.answer;
    return { ...told, kind: 'answered', documentKind, result: { values: { ...values }, fields: [...fields] } };
  }
}
