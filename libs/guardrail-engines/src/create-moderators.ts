import { moderatorIds, type GuardrailPolicy, type Moderator, type ModeratorId } from '@waybill/guardrails';
import { ConfigurationError } from '@waybill/platform';
import { azureContentSafety } from './azure-content-safety/azure-content-safety.js';
import { httpClassifier } from './http-classifier/http-classifier.js';
import type { ModeratorWire } from './moderation/moderator-wire.js';
import { openAiModeration } from './openai-moderation/openai-moderation.js';

/** Every moderator by its folder; adding one is a folder and a line here and in the registry. */
const makers: Readonly<Record<ModeratorId, (wire: ModeratorWire) => Moderator>> = {
  'openai-moderation': openAiModeration,
  'azure-content-safety': azureContentSafety,
  'http-classifier': httpClassifier,
};

/**
 * The moderators that a policy names. `variables` are those of the environment, from which keys are taken.
 * @throws ConfigurationError when a key's variable is not set or an address is missing
 */
export function createModerators(
  { moderators }: Pick<GuardrailPolicy, 'moderators'>,
  variables: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, Moderator> {
  return new Map(
    moderatorIds.flatMap((id) => {
      const settings = moderators[id];
      if (!settings) return [];
      const secret = settings.key === undefined ? undefined : variables[settings.key];
      if (settings.key !== undefined && !secret) {
        throw new ConfigurationError(
          `moderators.${id}.key names ${settings.key}, which is not set; set it to the key.`,
        );
      }
      const moderator = makers[id]({ ...settings, secret });
      return [[id, settings.regions ? { ...moderator, processedIn: settings.regions } : moderator] as const];
    }),
  );
}
