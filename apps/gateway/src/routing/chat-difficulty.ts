import { judgeDifficulty, type UsedPrior } from '@waybill/llm-routing';
import type { ChatBody } from '../body/chat-body.js';
import type { ChatFacts } from '../body/chat-facts.js';

/** Longer texts are seldom prompts that were learned from, and would hold up everybody else's chats. */
const mostTextBytes = 65_536;
/** What a chat is taken for of which nothing is known. */
export const unknownDifficulty = 0.5;

/** How hard a chat is taken to be, and who says so. */
export interface ChatDifficulty {
  /** 0..1 */
  readonly score: number;
  /** For the client: `0.71; prior-3f2a90c41d7e; learned`. */
  readonly told: string;
}

/** What a learned prior says of a chat's last question; what it does not know is as hard as without it. */
export function chatDifficulty(body: ChatBody, facts: ChatFacts, used: UsedPrior): ChatDifficulty {
  const prompt = facts.textBytes > mostTextBytes ? '' : lastQuestion(body, facts);
  const { learned } = judgeDifficulty(unknownDifficulty, used, prompt);
  const how = learned === undefined ? 'unread' : learned.inDomain ? 'learned' : 'out-of-domain';
  // Hundredths: requests that are about as hard share a decision.
  const score = how === 'learned' ? Math.round((learned?.score ?? 0) * 100) / 100 : unknownDifficulty;
  return { score, told: `${score}; ${used.version}; ${how}` };
}

/** The texts of the user's last message; empty where it has none, or is not as OpenAI writes messages. */
function lastQuestion(body: ChatBody, { files }: ChatFacts): string {
  try {
    const messages: unknown = JSON.parse(withoutFiles(body, files));
    if (!Array.isArray(messages)) return '';
    const last = (messages as (Message | null)[]).findLast((message) => message?.role === 'user');
    return textOf(last?.content);
  } catch {
    // What is wrong with it is the provider's to say, or the translation's.
    return '';
  }
}

interface Message {
  readonly role?: unknown;
  readonly content?: unknown;
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  const texts = (content as ({ readonly text?: unknown } | null)[]).map((part) => part?.text);
  return texts.filter((text) => typeof text === 'string').join('\n');
}

/** The messages as they were written, with nothing in the place of embedded files. */
function withoutFiles(body: ChatBody, files: ChatFacts['files']): string {
  if (files.length === 0) return body.raw('messages')?.toString() ?? '';
  const edits = files.map(({ span }) => ({ ...span, bytes: Buffer.alloc(0) }));
  const { messages } = JSON.parse(Buffer.concat(body.bytes.with(edits)).toString()) as { readonly messages?: unknown };
  return JSON.stringify(messages);
}
