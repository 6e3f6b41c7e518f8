import type { PieceRestorer, ValueSpelling } from '@waybill/guardrails';
import type { ChatGuard } from './chat-guard.js';

interface Delta {
  content?: unknown;
  refusal?: unknown;
  tool_calls?: { index?: number; function?: { arguments?: unknown } }[];
}
interface Choice {
  index?: number;
  delta?: Delta;
  finish_reason?: unknown;
}
/** One piece of a streamed answer, as OpenAI's clients read it. */
export interface Chunk {
  choices?: Choice[];
}

interface Text {
  said: string;
  readonly restorer: PieceRestorer;
  /** A piece of the answer that says only this. */
  readonly alone: (said: string) => Delta;
  readonly choice: number;
}

/** The texts of a streamed answer, each followed by itself: of several choices, and of each tool call's arguments. */
export class StreamedTexts {
  private readonly texts = new Map<string, Text>();
  private last: Chunk = {};

  constructor(private readonly guard: ChatGuard) {}

  /** What the model said, with placeholders. */
  get all(): string[] {
    return [...this.texts.values()].map(({ said }) => said);
  }

  /** @returns the pieces to tell: what was kept of a choice comes before its end */
  take(chunk: Chunk): Chunk[] {
    const before: Chunk[] = [];
    this.last = chunk;
    for (const choice of chunk.choices ?? []) {
      const { index = 0, delta } = choice;
      if (delta) this.restoreIn(delta, index);
      if (choice.finish_reason) before.push(...this.restOf(index));
    }
    return [...before, chunk];
  }

  /** What was kept of choices that nobody ended. */
  rest(): Chunk[] {
    return [...new Set([...this.texts.values()].map(({ choice }) => choice))].flatMap((choice) => this.restOf(choice));
  }

  private restoreIn(delta: Delta, choice: number): void {
    const { content, refusal, tool_calls: calls = [] } = delta;
    if (typeof content === 'string') {
      const text = this.text(
        `${choice} content`,
        { choice, alone: (said) => ({ content: said }) },
        this.guard.spelling,
      );
      delta.content = pushed(text, content);
    }
    if (typeof refusal === 'string') {
      const text = this.text(`${choice} refusal`, { choice, alone: (said) => ({ refusal: said }) }, 'text');
      delta.refusal = pushed(text, refusal);
    }
    for (const { index = 0, function: called } of calls) {
      if (typeof called?.arguments !== 'string') continue;
      const alone = (said: string) => ({ tool_calls: [{ index, function: { arguments: said } }] });
      const text = this.text(`${choice} call ${index}`, { choice, alone }, 'json-string');
      called.arguments = pushed(text, called.arguments);
    }
  }

  private text(name: string, own: Pick<Text, 'choice' | 'alone'>, spelling: ValueSpelling): Text {
    let text = this.texts.get(name);
    if (!text) this.texts.set(name, (text = { said: '', restorer: this.guard.restorer(spelling), ...own }));
    return text;
  }

  private restOf(choice: number): Chunk[] {
    return [...this.texts.values()]
      .filter((text) => text.choice === choice)
      .flatMap(({ restorer, alone }) => {
        const said = restorer.end();
        if (said === '') return [];
        return [
          { ...this.last, choices: [{ index: choice, delta: alone(said), logprobs: null, finish_reason: null }] },
        ];
      });
  }
}

function pushed(text: Text, piece: string): string {
  text.said += piece;
  return text.restorer.push(piece);
}
