import type { OnApplicationShutdown } from '@nestjs/common';
import { createModerators, lookAtPicture, WatchedGuardrails } from '@waybill/guardrail-engines';
import { scalePicture } from '@waybill/documents';
import type { GuardrailPolicy, Moderator } from '@waybill/guardrails';
import type { Environment } from '@waybill/platform';
import type { Logger } from 'pino';
import { ChatGuards } from './chat-guards.js';

/** The guardrails of chats; their policy is watched until the end. */
export interface OpenedGuards extends OnApplicationShutdown {
  readonly guards: ChatGuards;
}

/** Apart from the gateway's module, so that only who guards chats loads what opens pictures and knows telephone numbers. */
export async function openGuards({ WAYBILL_GUARDRAILS: path }: Environment, logger: Logger): Promise<OpenedGuards> {
  const watched = await WatchedGuardrails.open(path, logger);
  const made = new WeakMap<GuardrailPolicy, ReadonlyMap<string, Moderator>>();
  const moderators = (policy: GuardrailPolicy): ReadonlyMap<string, Moderator> => {
    let own = made.get(policy);
    if (!own) made.set(policy, (own = createModerators(policy, process.env)));
    return own;
  };
  // A key that is missing is said at start, not in the middle of a night.
  moderators(watched.current);
  const guards = new ChatGuards({
    policy: () => watched.current,
    moderators,
    look: lookAtPicture,
    scale: scalePicture,
  });
  return { guards, onApplicationShutdown: () => watched.close() };
}
