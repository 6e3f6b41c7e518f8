import type { Failure, RouteAttempt, TaskOf } from '@waybill/contracts';
import { rateTask } from '@waybill/classification';
import {
  judgeDifficulty,
  type Cascade,
  type CascadeEnd,
  type CascadeTools,
  type CascadeWork,
  type JudgedDifficulty,
  type ModelTask,
  type ReadPage,
  type UsedPrior,
} from '@waybill/llm-routing';
import {
  planPortions,
  portionLimits,
  type Findings,
  type KindSubject,
  type PortionRules,
  type TaskKindDefinition,
} from '@waybill/task-kinds';
import type { AnswerKind, KindAnswer } from './answer-kind.js';
import type { DocumentWork } from './documents-of-work.js';
import { kindOfDocument } from './judge-document.js';
import type { PagePictures } from './page-pictures.js';

/** What kinds are answered by, as it is now. */
export interface AnswerTools extends Pick<CascadeTools, 'table'> {
  /** What was learned about prompts; undefined where nothing was. */
  readonly prior: () => UsedPrior | undefined;
}

/** What a chain is run with, beside its task. */
type Terms = Omit<CascadeWork<Findings>, 'task' | 'pages' | 'spentUsd'>;

/** A document's work, and what became of it so far. */
interface Under<Kind extends ModelTask> {
  readonly subject: KindSubject<Kind>;
  readonly terms: Terms;
  readonly spentUsd: number;
  readonly signal: AbortSignal;
}

/** Answers one kind of task by chains of attempts: one for a document, or one for each portion of a long one. */
export class AnswerByCascade<Kind extends ModelTask> implements AnswerKind {
  constructor(
    private readonly kind: TaskKindDefinition<Kind>,
    private readonly cascade: Pick<Cascade, 'run'>,
    private readonly pictures: PagePictures,
    private readonly tools: AnswerTools,
  ) {}

  async answer(work: DocumentWork, pages: readonly ReadPage[], signal: AbortSignal): Promise<KindAnswer> {
    const { plan } = work.work;
    const judged = this.judge(work, pages);
    const whole = this.subjectOf(work, pages, judged.score);
    const subject = { ...whole, pages: this.kind.pagesOf?.(whole) ?? pages };
    const only = this.kind.only?.(subject);
    const terms: Terms = {
      job: { tenant: work.work.tenant, jobId: work.work.jobId },
      ...{
        tags: plan.tags ?? [],
        credential: plan.credential,
        document: work.document.planned.document,
        routing: plan.routing,
      },
      ...{ lane: work.lane, deadline: new Date(work.work.deadline), ...(only ? { only } : {}) },
      ...(judged.learned ? { learned: judged.learned } : {}),
    };
    const under = { subject, terms, spentUsd: work.spentUsd, signal };
    const { portions } = this.kind;
    const limits = portionLimits(this.tools.table(), this.kind.kind, plan.routing);
    const parts = portions && !only ? planPortions(subject.pages, limits) : [];
    if (!portions || parts.length < 2) return this.told(await this.run(under, subject, {}), subject);
    return await this.answerInPortions(under, parts, portions);
  }

  private judge({ work: { plan } }: DocumentWork, pages: readonly ReadPage[]): JudgedDifficulty {
    const difficulties = pages.map(({ read: { summary } }) => summary.difficulty);
    const prompt = this.kind.promptOf?.(plan.task as TaskOf<Kind>);
    return judgeDifficulty(rateTask(plan.task, difficulties).score, this.tools.prior(), prompt);
  }

  private subjectOf(
    { work: { plan } }: DocumentWork,
    pages: readonly ReadPage[],
    difficulty: number,
  ): KindSubject<Kind> {
    const reads = pages.map(({ read }) => read);
    return {
      ...{ task: plan.task as TaskOf<Kind>, pages, kind: kindOfDocument(reads, 'unknown') },
      ...{ difficulty },
      fieldFloor: this.tools.table().policy.verification.fieldFloor,
      fetchPictures: (wanted, chosen) => this.pictures.fetch(wanted, chosen),
    };
  }

  /** A chain for these pages; work that asks for nothing needs none. */
  private async run(
    { terms, spentUsd, signal }: Under<Kind>,
    subject: KindSubject<Kind>,
    differs: Partial<CascadeWork<Findings>>,
  ): Promise<CascadeEnd<Findings>> {
    const task = this.kind.work(subject);
    if (task.parts.length === 0) {
      const answer = subject.found ?? { kind: subject.kind, values: this.kind.nothing, fields: [] };
      return { kind: 'answered', answer, open: [], attempts: [], uses: [] };
    }
    const pages = subject.pages.map(({ read }) => read.page);
    return await this.cascade.run<Findings>({ ...terms, pages, task, spentUsd, ...differs }, signal);
  }

  private async answerInPortions(
    under: Under<Kind>,
    portions: readonly (readonly ReadPage[])[],
    { rules, join }: PortionRules<Kind>,
  ): Promise<KindAnswer> {
    const { subject } = under;
    const builtIn = this.tools
      .table()
      .entries.filter(({ card }) => card.tier === 0)
      .map(({ card }) => card.id);
    const ends: CascadeEnd<Findings>[] = [];
    let found: Findings | undefined;
    if (rules === 'first') {
      const end = await this.run(under, subject, { only: builtIn, portion: 'rules' });
      ends.push(end);
      found = end.kind === 'answered' ? end.answer : undefined;
    }
    const problems: Failure[] = [];
    for (const pages of portions) {
      const part = { ...subject, pages, ...(found ? { found } : {}) };
      const numbers = `${pages[0]?.read.page}-${pages.at(-1)?.read.page}`;
      const spentUsd = under.spentUsd + spentOn(ends);
      const end = await this.run({ ...under, spentUsd }, part, { exclude: builtIn, portion: numbers });
      ends.push(end);
      if (end.kind === 'waiting' || end.kind === 'moving') return this.told({ ...end, ...together(ends) }, subject);
      if (end.kind === 'answered' && end.answer !== found)
        found = found ? join(found, end.answer, subject) : end.answer;
      if (end.kind === 'failed') problems.push(...pages.map(({ read }) => ({ ...end.failure, page: read.page })));
    }
    const told = together(ends);
    if (found) return this.told({ ...told, kind: 'answered', answer: found, open: [] }, subject, problems);
    const failure = problems[0] ?? { code: 'model-failed' as const, message: 'No portion was answered.' };
    return this.told({ ...told, kind: 'failed', failure }, subject);
  }

  private told(end: CascadeEnd<Findings>, subject: KindSubject<Kind>, problems: readonly Failure[] = []): KindAnswer {
    const told = { models: end.uses, attempts: end.attempts };
    if (end.kind === 'waiting') return { ...told, kind: 'waiting', until: end.until, reason: end.reason };
    if (end.kind === 'moving') return { ...told, kind: 'moving', lane: end.lane };
    if (end.kind === 'failed') return { ...told, kind: 'failed', failure: end.failure };
    const { values, fields, kind } = end.answer;
    const documentKind = this.kind.kind === 'extract' ? kind : subject.kind;
    return {
      ...told,
      kind: 'answered',
      documentKind,
      result: { values: { ...values }, fields: [...fields] },
      problems,
    };
  }
}

const together = (ends: readonly CascadeEnd<Findings>[]) => ({
  attempts: ends.flatMap(({ attempts }): readonly RouteAttempt[] => attempts),
  uses: ends.flatMap(({ uses }) => uses),
});

const spentOn = (ends: readonly CascadeEnd<Findings>[]): number =>
  together(ends).attempts.reduce((sum, { costUsd }) => sum + costUsd, 0);
