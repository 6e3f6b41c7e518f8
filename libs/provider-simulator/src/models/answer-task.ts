import { chance } from './chance.js';
import { answerKind } from './kinds/answer-kind.js';
import { bestLine, linesSeen } from './kinds/seen-document.js';
import { fillSchema } from './fill-schema.js';
import { recognise, type KnownDocument } from './known-document.js';
import type { SimulatedAnswer, SimulatedCall, SimulatedUsage } from './simulated-call.js';

/** What a simulated model is like. */
export interface ModelProfile {
  /** Share of the values that it gets wrong, 0..1; always the same ones for the same document. */
  readonly errorRate?: number;
  /** More input than this is refused as the provider refuses it. */
  readonly contextTokens?: number;
  /** Tokens that it thinks before it answers. */
  readonly reasoningTokens?: number;
  /** How long it takes, in milliseconds. Absent, it answers at once. */
  readonly latency?: { readonly firstTokenMs: number; readonly perOutputTokenMs: number };
  /** Share of the calls that it refuses for a while (429), 0..1; the same calls in every run. */
  readonly busyShare?: number;
  /** Documents that it knows: their values are right, but for `errorRate`. Others are filled by labels and kinds. */
  readonly knows?: readonly KnownDocument[];
}

const charactersPerToken = 4;
const tokensPerImage = 765;
const tokensPerPdf = 1_500;

/** A plausible answer: the schema filled from the words that were given, the tool called, or a sentence. */
export function answerTask(call: SimulatedCall, profile: ModelProfile): SimulatedAnswer {
  const said = call.texts.join('\n');
  const mistaken = (path: string) => chance(call.model, said, path) < (profile.errorRate ?? 0);
  const reasoning = profile.reasoningTokens ?? 0;
  const known = recognise(said, profile.knows ?? []);
  const answered = (schema: Readonly<Record<string, unknown>>): unknown =>
    answerKind(schema, said, mistaken) ?? fillSchema(schema, said, { mistaken, known });
  if (call.tool && (call.tool.required || !call.schema)) {
    const input = answered(call.tool.schema);
    const usage = usageOf(call, JSON.stringify(input), reasoning);
    return { text: '', toolCall: { name: call.tool.name, input }, ending: 'tool', usage };
  }
  const text = call.schema ? JSON.stringify(answered(call.schema)) : sentence(call);
  const usage = usageOf(call, text, reasoning);
  if (usage.output <= call.maxTokens) return { text, ending: 'stop', usage };
  const kept = text.slice(0, Math.max(0, call.maxTokens - reasoning) * charactersPerToken);
  return { text: kept, ending: 'length', usage: { ...usage, output: call.maxTokens } };
}

export function usageOf(call: SimulatedCall, text: string, reasoning = 0): SimulatedUsage {
  const typed =
    [...call.instructions, ...call.texts].reduce((sum, each) => sum + each.length, 0) +
    JSON.stringify(call.schema ?? '').length;
  const input = Math.ceil(typed / charactersPerToken) + call.images * tokensPerImage + call.pdfs * tokensPerPdf;
  const output = Math.max(1, Math.ceil(text.length / charactersPerToken)) + reasoning;
  return { input, cached: 0, cacheWritten: 0, output, reasoning };
}

function sentence({ texts, images }: SimulatedCall): string {
  const last = texts.at(-1)?.trim().split('\n')[0] ?? '';
  const seen = images > 0 ? ` I looked at ${images} image${images === 1 ? '' : 's'}.` : '';
  const line = bestLine(last, linesSeen(texts.join('\n')));
  const told = line ? ` Page ${line.page} says: “${line.text.slice(0, 200)}”.` : '';
  return `This is a simulated answer to: ${last.slice(0, 120)}.${told}${seen}`;
}
