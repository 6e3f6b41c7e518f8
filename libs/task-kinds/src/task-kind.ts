import type { DocumentKind, TaskOf } from '@waybill/contracts';
import type { CascadeTask, Extracted, FetchPictures, ModelTask, ReadPage } from '@waybill/llm-routing';

/** What came of a document, or of a portion of it: values of the kind's shape, and how sure each is. */
export type Findings = Extracted;

/** A document, or a portion of it, and what is asked about it. */
export interface KindSubject<Kind extends ModelTask = ModelTask> {
  readonly task: TaskOf<Kind>;
  /** What the document is, as far as reading told. */
  readonly kind: DocumentKind;
  /** In order; those that were read. */
  readonly pages: readonly ReadPage[];
  /** 0..1 */
  readonly difficulty: number;
  /** Below it, a value is in doubt. */
  readonly fieldFloor: number;
  /** What other portions have found. */
  readonly found?: Findings;
  readonly fetchPictures: FetchPictures;
}

/** How a long document is put in several calls. */
export interface PortionRules<Kind extends ModelTask> {
  /** `first`: rules read the whole document, and models are asked for what is left. */
  readonly rules: 'first' | 'never';
  /** Puts what a portion has found behind what the portions before it have. */
  join(before: Findings, after: Findings, subject: KindSubject<Kind>): Findings;
}

/**
 * One kind of task: what is asked, in which forms, and how an answer is verified. A new one is a folder with one of these
 * and a line in `task-kinds.ts`; models, money and waiting are the cascade's. docs/task-kinds.md
 */
export interface TaskKindDefinition<Kind extends ModelTask = ModelTask> {
  readonly kind: Kind;
  /** The pages that the work is about; all of them when absent. */
  pagesOf?(subject: KindSubject<Kind>): readonly ReadPage[];
  /** What is asked in words of the client's own, by which a learned prior knows how hard it is. */
  promptOf?(task: TaskOf<Kind>): string | undefined;
  /** The work. One without parts asks for nothing, and its answer is `nothing`. */
  work(subject: KindSubject<Kind>): CascadeTask<Findings>;
  /** When given, only these models may be asked. */
  only?(subject: KindSubject<Kind>): readonly string[] | undefined;
  /** Values where there is nothing to ask for. */
  readonly nothing: Findings['values'];
  /** Absent for kinds that go in one piece. */
  readonly portions?: PortionRules<Kind>;
}
