import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerTask, usageOf, type ModelProfile } from './answer-task.js';
import type { Behaviour } from './script.js';
import type { HttpAnswer, SimulatedAnswer, SimulatedCall, StreamEvent, Wire } from './simulated-call.js';

/** Sends one answer, or goes wrong in the way that is asked for. */
export async function respond(
  response: ServerResponse,
  { wire, call, profile }: { wire: Wire; call: SimulatedCall; profile: ModelProfile },
  behaviour: Behaviour,
): Promise<void> {
  if (behaviour.kind === 'hang') return;
  if (behaviour.kind === 'slow') await sleep(behaviour.ms, undefined, { ref: false });
  if (response.destroyed) return;
  if (behaviour.kind === 'refuse') {
    sendJson(response, wire.refuse(behaviour.as, behaviour.retryAfterS));
    return;
  }
  if (behaviour.kind === 'malformed-body') {
    response.writeHead(200, { 'content-type': 'application/json' }).end('<html>upstream hiccup</html>');
    return;
  }
  const answer = answerFor(call, profile, behaviour);
  if (profile.contextTokens !== undefined && answer.usage.input > profile.contextTokens) {
    sendJson(response, wire.refuse('context-too-long', 0));
    return;
  }
  if (profile.latency) {
    const { firstTokenMs, perOutputTokenMs } = profile.latency;
    await sleep(firstTokenMs + answer.usage.output * perOutputTokenMs, undefined, { ref: false });
    if (response.destroyed) return;
  }
  const cut = behaviour.kind === 'cut' ? behaviour.how : undefined;
  if (call.stream) sendStream(response, wire, wire.stream(call, answer), cut);
  else if (cut) sendHalf(response, JSON.stringify(wire.answer(call, answer)), cut);
  else
    sendJson(response, { status: 200, headers: { 'x-request-id': 'req_simulated' }, body: wire.answer(call, answer) });
}

/** What the model says, where the behaviour does not keep it from answering. */
export function answerFor(call: SimulatedCall, profile: ModelProfile, behaviour: Behaviour): SimulatedAnswer {
  const natural = answerTask(call, profile);
  switch (behaviour.kind) {
    case 'decline': {
      const text = "I'm sorry, but I can't help with that.";
      return { text, ending: 'refusal', usage: usageOf(call, text) };
    }
    case 'truncate': {
      const whole = natural.text || JSON.stringify(natural.toolCall?.input ?? '');
      return { text: whole.slice(0, Math.ceil(whole.length / 2)), ending: 'length', usage: natural.usage };
    }
    case 'malformed-text': {
      const text = 'Certainly! Here is the JSON: {"total": ';
      return { text, ending: 'stop', usage: usageOf(call, text) };
    }
    case 'answer': {
      const text = behaviour.text ?? natural.text;
      const said =
        behaviour.text === undefined ? natural : { text, ending: 'stop' as const, usage: usageOf(call, text) };
      const made = behaviour.service === undefined ? {} : { service: behaviour.service };
      return { ...said, ...made, usage: behaviour.usage ?? said.usage };
    }
    default:
      return natural;
  }
}

export function sendJson(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** A body that announces its whole length and stops in the middle. */
function sendHalf(response: ServerResponse, body: string, how: 'reset' | 'end'): void {
  const half = body.slice(0, Math.ceil(body.length / 2));
  response.writeHead(200, {
    'content-type': 'application/json',
    ...(how === 'reset' ? { 'content-length': Buffer.byteLength(body) } : {}),
  });
  if (how === 'end') response.end(half);
  else response.write(half, () => response.destroy());
}

const serverSentEvents: NonNullable<Wire['framing']> = {
  mediaType: 'text/event-stream; charset=utf-8',
  frame({ event, data }) {
    const name = event === undefined ? '' : `event: ${event}\n`;
    return Buffer.from(`${name}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
  },
};

function sendStream(
  response: ServerResponse,
  { framing = serverSentEvents }: Wire,
  events: readonly StreamEvent[],
  cut: 'reset' | 'end' | undefined,
): void {
  response.writeHead(200, { 'content-type': framing.mediaType, 'cache-control': 'no-cache' });
  const frames = events.map((event) => framing.frame(event));
  const sent = frames.slice(0, cut ? Math.ceil(frames.length / 2) : frames.length);
  for (const frame of sent.slice(0, -1)) response.write(frame);
  const last = sent.at(-1) ?? '';
  if (cut === 'reset') response.write(last, () => response.destroy());
  else response.end(last);
}
