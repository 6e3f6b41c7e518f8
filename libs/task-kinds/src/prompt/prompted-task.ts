import type { JsonSchema } from '@waybill/contracts';
import {
  countAnswerTokens,
  countTextTokens,
  lengthOf,
  numberWords,
  type Asking,
  type Candidate,
  type CascadeTask,
  type DocumentRules,
  type FetchPictures,
  type GivenAnswer,
  type ImagePart,
  type InputForm,
  type Judgement,
  type Message,
  type ModelTask,
  type NumberedWords,
  type OpenParts,
  type PicturedForm,
  type ReadPage,
  type TokenInterval,
} from '@waybill/llm-routing';
import type { Findings } from '../task-kind.js';

/** What a model is shown of a document. */
export interface View {
  readonly pages: readonly ReadPage[];
  readonly words: NumberedWords;
}

/** What one kind of task says of its work; the rest is the same for all kinds that prompt. */
export interface PromptedWork {
  readonly kind: ModelTask;
  readonly documentKind: string;
  /** 0..1 */
  readonly difficulty: number;
  readonly parts: OpenParts;
  readonly fetchPictures: FetchPictures;
  /** How tier 0 answers, where it can. */
  readonly rules?: DocumentRules;
  /** Absent for an answer in free text. */
  readonly schema?: JsonSchema;
  /** The pages that are shown to whoever is asked for these parts. The same until the next answer is judged. */
  pages(open: OpenParts): readonly ReadPage[];
  forms(view: View, text: TokenInterval): readonly PicturedForm[];
  messages(view: View, open: OpenParts, pictures: readonly ImagePart[]): readonly Message[];
  /** Values that an answer to these parts has. */
  values(view: View, open: OpenParts): number;
  judge(given: GivenAnswer, view: View, before: Findings | undefined, open: OpenParts): Judgement<Findings>;
}

/** Work that is put before models as a prompt. */
export class PromptedTask implements CascadeTask<Findings> {
  readonly kind: ModelTask;
  readonly documentKind: string;
  readonly difficulty: number;
  readonly parts: OpenParts;
  private pictured: readonly PicturedForm[] = [];

  constructor(private readonly work: PromptedWork) {
    this.kind = work.kind;
    this.documentKind = work.documentKind;
    this.difficulty = work.difficulty;
    this.parts = work.parts;
  }

  forms(open: OpenParts): readonly InputForm[] {
    const view = this.view(open);
    const asked = JSON.stringify(this.work.schema ?? '').length;
    this.pictured = this.work.forms(view, countTextTokens(asked + lengthOf(this.work.messages(view, open, []))));
    const forms = this.pictured.map(({ form }) => form);
    return this.work.rules ? [knownFacts, ...forms] : forms;
  }

  output(open: OpenParts): TokenInterval {
    return countAnswerTokens(this.work.values(this.view(open), open));
  }

  async ask(chosen: Candidate, open: OpenParts): Promise<Asking> {
    const { rules, schema, kind, fetchPictures } = this.work;
    if (chosen.card.tier === 0 && rules) return { messages: [], rules };
    const wanted = this.pictured.find(({ form }) => form === chosen.form)?.pictures ?? [];
    const pictures = wanted.length > 0 ? await fetchPictures(wanted, chosen) : [];
    const messages = this.work.messages(this.view(open), open, pictures);
    return { messages, ...(schema ? { schema: { name: kind, schema } } : {}) };
  }

  judge(given: GivenAnswer, before: Findings | undefined, open: OpenParts): Judgement<Findings> {
    return this.work.judge(given, this.view(open), before, open);
  }

  private view(open: OpenParts): View {
    const pages = this.work.pages(open);
    return { pages, words: numberWords(pages.flatMap(({ layout }) => layout ?? [])) };
  }
}

/** What reading has found out is all that rules need. */
const knownFacts: InputForm = {
  ...{ name: 'facts', pictures: [], detail: 'high', soundness: 1 },
  text: { least: 0, expected: 0, most: 0 },
};
