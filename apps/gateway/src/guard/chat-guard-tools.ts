import type { Box } from '@waybill/contracts';
import type { GuardrailPolicy, InspectedPage, Moderator } from '@waybill/guardrails';

/** What guarding chats needs from around it. */
export interface ChatGuardTools {
  /** Asked anew for every chat, so that a new policy holds from the next one on. */
  readonly policy: () => GuardrailPolicy;
  readonly moderators: (policy: GuardrailPolicy) => ReadonlyMap<string, Moderator>;
  /** Finds codes in a picture and makes it small. Rejects with a `StageError` for damaged bytes. */
  readonly look: (bytes: Uint8Array) => Promise<Pick<InspectedPage, 'codes' | 'picture'>>;
  /** A picture as JPEG, some of it covered. Rejects with a `StageError` for damaged bytes. */
  readonly scale: (
    bytes: Uint8Array,
    wish: { readonly edgePx: number; readonly cover?: readonly Box[] },
  ) => Promise<{ readonly bytes: Uint8Array }>;
}
