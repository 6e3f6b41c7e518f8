import type { ChatGuard } from './chat-guard.js';

interface SaidCall {
  function?: { arguments?: unknown };
}
interface SaidMessage {
  content?: unknown;
  refusal?: unknown;
  tool_calls?: SaidCall[];
}

/** A whole answer: looked at as the model wrote it, then with its values put back. Rejects as `ChatGuard.judge` does. */
export async function guardWhole(bytes: Buffer, guard: ChatGuard, signal: AbortSignal): Promise<Buffer> {
  if (!guard.restores && !guard.looksAtAnswers) return bytes;
  const answer = JSON.parse(bytes.toString()) as { choices?: { message?: SaidMessage }[] };
  const messages = (answer.choices ?? []).flatMap(({ message }) => (message ? [message] : []));
  await guard.judge(messages.flatMap(textsOf), signal);
  if (!guard.restores) return bytes;
  for (const message of messages) restoreIn(message, guard);
  return Buffer.from(JSON.stringify(answer));
}

const textsOf = ({ content, refusal, tool_calls: calls = [] }: SaidMessage): string[] =>
  [content, refusal, ...calls.map((call) => call.function?.arguments)].filter((text) => typeof text === 'string');

function restoreIn(message: SaidMessage, guard: ChatGuard): void {
  if (typeof message.content === 'string') message.content = guard.restore(message.content, guard.spelling);
  if (typeof message.refusal === 'string') message.refusal = guard.restore(message.refusal, 'text');
  for (const { function: called } of message.tool_calls ?? []) {
    if (typeof called?.arguments === 'string') called.arguments = guard.restore(called.arguments, 'json-string');
  }
}
