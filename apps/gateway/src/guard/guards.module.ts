import type { OnApplicationShutdown } from '@nestjs/common';
import type { PageLayout } from '@waybill/contracts';
import { createModerators, lookAtPicture, WatchedGuardrails } from '@waybill/guardrail-engines';
import { scalePicture } from '@waybill/documents';
import type { GuardrailPolicy, Moderator } from '@waybill/guardrails';
import { StageError } from '@waybill/jobs';
import { ConfigurationError, type Environment } from '@waybill/platform';
import type { Logger } from 'pino';
import { ChatGuards } from './chat-guards.js';
import type { ChatPicture, PictureReader } from './picture-reader.js';

/** The guardrails of chats; their policy is watched until the end. */
export interface OpenedGuards extends OnApplicationShutdown {
  readonly guards: ChatGuards;
}

/** Apart from the gateway's module, so that only who guards chats loads what opens pictures and knows telephone numbers. */
export async function openGuards(environment: Environment, logger: Logger): Promise<OpenedGuards> {
  const watched = await WatchedGuardrails.open(environment.WAYBILL_GUARDRAILS, logger);
  const pictures = new LazyReader(environment);
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
    read: (picture, signal) => pictures.read(picture, signal),
  });
  return {
    guards,
    async onApplicationShutdown() {
      watched.close();
      await pictures.close();
    },
  };
}

/** An engine takes memory and threads, so it is there from the first picture on that is to be read. */
class LazyReader {
  private opened: Promise<PictureReader> | undefined;

  constructor(private readonly environment: Environment) {}

  async read(picture: ChatPicture, signal: AbortSignal): Promise<PageLayout> {
    this.opened ??= this.open();
    return await (await this.opened).read(picture, signal);
  }

  async close(): Promise<void> {
    await (await this.opened?.catch(() => undefined))?.close();
  }

  private async open(): Promise<PictureReader> {
    try {
      const { openPictureReader } = await import('./picture-reader.module.js');
      return openPictureReader(this.environment);
    } catch (error) {
      this.opened = undefined;
      if (!(error instanceof ConfigurationError)) throw error;
      throw new StageError('unavailable', error.message, { retryable: true, cause: error });
    }
  }
}
