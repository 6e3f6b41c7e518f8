import type { Candidate, CascadeTask, GivenAnswer, InputForm, Judgement, OpenParts } from '@waybill/llm-routing';
import type { DocumentGuard } from './document-guard.js';
import { guardMessages, notesFor } from './guarded-messages.js';

/** Characters that make a token at least; an estimate must not fall short. */
const charactersPerToken = 3;

/** A task whose messages are guarded on their way out, and whose answers are on their way back. */
export class GuardedTask<Answer> implements CascadeTask<Answer> {
  readonly kind: CascadeTask<Answer>['kind'];
  readonly documentKind: string;
  readonly difficulty: number;
  readonly parts: OpenParts;
  readonly #formOf = new WeakMap<InputForm, InputForm>();

  constructor(
    private readonly task: CascadeTask<Answer>,
    private readonly guard: DocumentGuard,
  ) {
    this.kind = task.kind;
    this.documentKind = task.documentKind;
    this.difficulty = task.difficulty;
    this.parts = task.parts;
  }

  forms(open: OpenParts): readonly InputForm[] {
    const notes = Math.ceil(notesFor(this.guard).join('\n').length / charactersPerToken);
    return this.task.forms(open).map((form) => {
      const { least, expected, most } = form.text;
      const longer = { ...form, text: { least, expected: expected + notes, most: most + notes } };
      this.#formOf.set(longer, form);
      return longer;
    });
  }

  output(open: OpenParts): ReturnType<CascadeTask<Answer>['output']> {
    return this.task.output(open);
  }

  async ask(chosen: Candidate, open: OpenParts): ReturnType<CascadeTask<Answer>['ask']> {
    const asked = await this.task.ask({ ...chosen, form: this.#formOf.get(chosen.form) ?? chosen.form }, open);
    return chosen.card.tier === 0 ? asked : guardMessages(asked, this.guard, chosen.card.provider);
  }

  judge(given: GivenAnswer, before: Answer | undefined, open: OpenParts): Judgement<Answer> {
    if (given.tier === 0) return this.task.judge(given, before, open);
    const { hidden } = this.guard.facts;
    const { text, json, ...rest } = given.answer;
    const restored = { text: hidden.restoreIn(text), json: hidden.restoreIn(json) };
    if (!this.guard.checksAnswers) return this.task.judge({ ...given, answer: { ...rest, ...restored } }, before, open);
    const { answer: safe, paths } = this.guard.withhold(json === undefined ? restored.text : restored.json);
    const checked = json === undefined ? { text: safe as string } : { text: restored.text, json: safe };
    const judged = this.task.judge({ ...given, answer: { ...rest, ...checked } }, before, open);
    return { ...judged, open: [...new Set([...judged.open, ...withheldParts(open, paths)])] };
  }
}

/** What is to be asked of another model: parts whose values were withheld; all of them, where their names are no places. */
function withheldParts(open: OpenParts, paths: ReadonlySet<string>): OpenParts {
  if (paths.size === 0) return [];
  const named = open.filter(
    (part) => part !== '' && [...paths].some((path) => path === part || path.startsWith(`${part}/`)),
  );
  return named.length > 0 ? named : open;
}
