import type { SimulatedAnswer, SimulatedCall } from '../simulated-call.js';

/** What OpenAI's bodies say of the service: the one that was asked for, unless a script makes it another one. */
export function serviceTierOf({ service }: SimulatedCall, answer: SimulatedAnswer): string {
  const isOther = service === 'flex' || service === 'priority';
  return answer.service ?? (isOther ? service : 'default');
}
