import type { Box, PageLayout } from '@waybill/contracts';
import type { GuardrailPolicy, InspectedPage, Moderator } from '@waybill/guardrails';
import type { ChatPicture } from './picture-reader.js';

/** What guarding chats needs from around it. */
export interface ChatGuardTools {
  /** Asked anew for every chat, so that a new policy holds from the next one on. */
  readonly policy: () => GuardrailPolicy;
  readonly moderators: (policy: GuardrailPolicy) => ReadonlyMap<string, Moderator>;
  /** Finds codes in a picture and makes it small. Rejects with a `StageError` for damaged bytes. */
  readonly look: (bytes: Uint8Array) => Promise<Pick<InspectedPage, 'codes' | 'picture'>>;
  /** Reads the words of a picture. Rejects with a `StageError`, which is retryable where it is for the operator to mend. */
  readonly read: (picture: ChatPicture, signal: AbortSignal) => Promise<PageLayout>;
  /** A picture as JPEG, some of it covered. Rejects with a `StageError` for damaged bytes. */
  readonly scale: (
    bytes: Uint8Array,
    wish: { readonly edgePx: number; readonly cover?: readonly Box[] },
  ) => Promise<{ readonly bytes: Uint8Array }>;
}
