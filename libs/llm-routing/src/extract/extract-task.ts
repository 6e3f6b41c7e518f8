import type { DocumentKind, ExtractedField, ExtractTask, JsonSchema } from '@waybill/contracts';
import { extractPatiently } from '@waybill/extraction';
import type { Asking, CascadeTask, GivenAnswer, Judgement, OpenParts } from '../cascade/cascade-task.js';
import type { Candidate } from '../decision/route-decision.js';
import type { InputForm } from '../decision/route-request.js';
import type { TokenInterval } from '../image-tokens/estimate-image-tokens.js';
import type { ImagePart, Message } from '../provider/model-request.js';
import { answerSchema, charactersOf } from './answer-schema.js';
import { askedFields, type AskedField } from './asked-fields.js';
import { countAnswerTokens, countTextTokens } from './count-text-tokens.js';
import { lengthOf } from './document-parts.js';
import { extractMessages } from './extract-messages.js';
import { inputFormsOf, type PicturedForm, type ReadPage, type WantedPicture } from './input-forms.js';
import { judgeAnswer, withCrossChecks } from './judge-answer.js';
import { assembleValues, doubtfulFields, mergeFields } from './merge-fields.js';
import { numberWords, type NumberedWords } from './numbered-words.js';
import { unsaidViolations } from './unsaid-violations.js';

/** A document to be extracted from. */
export interface ExtractSubject {
  readonly task: ExtractTask;
  readonly kind: DocumentKind;
  /** Resolved: the client's own, or the built-in one that fits. Without one, only rules can answer. */
  readonly schema: JsonSchema | undefined;
  readonly pages: readonly ReadPage[];
  /** 0..1 */
  readonly difficulty: number;
  /** Below it, a value is in doubt. */
  readonly fieldFloor: number;
  /** JSON Pointers of what is asked for, when that is not everything. */
  readonly only?: readonly string[];
}

export interface Extracted {
  readonly kind: DocumentKind;
  readonly values: Readonly<Record<string, unknown>>;
  readonly fields: readonly ExtractedField[];
}

/** Fetches the pictures of a form, small enough for the model that is asked. */
export type FetchPictures = (wanted: readonly WantedPicture[], chosen: Candidate) => Promise<ImagePart[]>;

/** Rows that a list is taken to have, when the document does not show it. */
const [fewestRows, mostRows] = [3, 80];

/** The task kind `extract`: fields by a JSON schema, each grounded in words of the page. */
export class ExtractCascadeTask implements CascadeTask<Extracted> {
  readonly kind = 'extract';
  readonly documentKind: string;
  readonly difficulty: number;
  readonly parts: OpenParts;
  private readonly words: NumberedWords;
  private readonly asked: readonly AskedField[];
  private pictured: readonly PicturedForm[] = [];

  constructor(
    private readonly subject: ExtractSubject,
    private readonly fetchPictures: FetchPictures,
  ) {
    this.documentKind = subject.kind;
    this.difficulty = subject.difficulty;
    this.words = numberWords(subject.pages.flatMap(({ layout }) => layout ?? []));
    const { schema, only } = subject;
    const fields = schema ? askedFields(schema) : [];
    this.asked = only ? fields.filter(({ pointer }) => only.includes(pointer)) : fields;
    this.parts = only || this.asked.length > 0 ? this.asked.map(({ pointer }) => pointer) : [''];
  }

  forms(open: OpenParts): readonly InputForm[] {
    const { schema, pages } = this.subject;
    const asked = schema ? charactersOf(answerSchema(schema, open)) : 0;
    const characters = asked + lengthOf(this.messages(open, []));
    this.pictured = inputFormsOf(pages, countTextTokens(characters));
    // A document without words and pictures still has to be answered: with nothing, by rules.
    if (this.pictured.length === 0) return [nothingToSee];
    return this.pictured.map(({ form }) => form);
  }

  output(open: OpenParts): TokenInterval {
    const lines = this.words.text.split('\n').length;
    const rows = Math.min(mostRows, Math.max(fewestRows, Math.round(lines / 3)));
    const values = this.asked
      .filter(({ pointer }) => open.includes(pointer))
      .reduce((sum, { shape, leaves }) => sum + (shape === 'list' ? rows * leaves : leaves), 0);
    return countAnswerTokens(values);
  }

  async ask(chosen: Candidate, open: OpenParts): Promise<Asking> {
    const { task, pages, schema } = this.subject;
    if (chosen.card.tier === 0) {
      const layouts = pages.flatMap(({ layout }) => layout ?? []);
      return { messages: [], rules: (signal) => extractPatiently(layouts, task.schema, signal) };
    }
    const wanted = this.pictured.find(({ form }) => form === chosen.form)?.pictures ?? [];
    const pictures = wanted.length > 0 ? await this.fetchPictures(wanted, chosen) : [];
    return {
      messages: this.messages(open, pictures),
      schema: { name: 'values', schema: answerSchema(schema ?? {}, open) },
    };
  }

  private messages(open: OpenParts, pictures: readonly ImagePart[]): Message[] {
    const { instructions } = this.subject.task;
    const only = this.subject.only || open.length < this.parts.length ? open : undefined;
    const words = this.words.words.length > 0 ? this.words.text : '';
    return extractMessages({ instructions, words, only, pictures });
  }

  judge({ answer, tier, quality }: GivenAnswer, before: Extracted | undefined, open: OpenParts): Judgement<Extracted> {
    const { schema, kind, fieldFloor } = this.subject;
    if (answer.reading) return this.judgeReading(answer.reading);
    if (!schema) return { answer: before ?? { kind, values: {}, fields: [] }, open: [], coercions: [] };
    const judged = judgeAnswer(schema, answer.json, this.words, quality);
    const asked = this.asked.filter(({ pointer }) => open.includes(pointer));
    const fields = withCrossChecks(mergeFields(this.asked, before?.fields ?? [], judged.fields), open);
    const doubtful = doubtfulFields(asked, fields, fieldFloor, tier === 0 ? 'doubt' : 'answer');
    const values = { ...before?.values, ...assembleValues(schema, fields) };
    const coercions = [...judged.coercions, ...unsaidViolations(schema, values, fields, asked)];
    return { answer: { kind: before?.kind ?? kind, values, fields }, open: doubtful, coercions };
  }

  /** Rules say themselves how sure they are, by calibration. */
  private judgeReading(reading: NonNullable<GivenAnswer['answer']['reading']>): Judgement<Extracted> {
    const { kind, values, fields } = reading;
    const open = doubtfulFields(this.asked, fields, this.subject.fieldFloor, 'doubt');
    return { answer: { kind, values, fields }, open, coercions: [] };
  }
}

const noTokens: TokenInterval = { least: 0, expected: 0, most: 0 };
const nothingToSee: InputForm = { name: 'layout', text: noTokens, pictures: [], detail: 'high', soundness: 1 };
