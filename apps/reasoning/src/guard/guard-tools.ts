import type { GuardrailPolicy, InspectedPage, Moderator } from '@waybill/guardrails';
import type { DocumentStore } from '@waybill/jobs';
import type { ScalePicture } from '../page-pictures.js';

/** What guarding needs from around it. */
export interface GuardTools {
  /** Asked anew for every document, so that a new policy holds from the next one on. */
  readonly policy: () => GuardrailPolicy;
  readonly moderators: (policy: GuardrailPolicy) => ReadonlyMap<string, Moderator>;
  readonly store: DocumentStore;
  /** Where guardrails that ask nobody run, where the operator has said so. */
  readonly region?: string | undefined;
  /** Finds codes in a stored picture and makes it small. Rejects with a `StageError` for damaged bytes. */
  readonly look: (bytes: Uint8Array) => Promise<Pick<InspectedPage, 'codes' | 'picture'>>;
  readonly scale: ScalePicture;
}
