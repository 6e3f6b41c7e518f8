import type { EmbedPictures } from '../addresses/embed-pictures.js';
import type { Clock } from '@waybill/jobs';
import type { ChatGuards } from '../guard/chat-guards.js';
import type { Logger } from 'pino';
import type {
  ChatReceiptBook,
  ChatWire,
  ModelProvider,
  Purse,
  RouteState,
  RouteTable,
  UsedPrior,
} from '@waybill/llm-routing';
import type { ShrinkPictures } from '../pictures/shrink-pictures.js';
import type { Tracer } from '@waybill/telemetry';

/** Everything that answering a chat needs from around it. */
export interface ChatTools {
  /** As the policy is now. */
  readonly table: () => RouteTable;
  /** Providers whose own language is the client's, by id. */
  readonly wires: ReadonlyMap<string, ChatWire>;
  readonly providers: ReadonlyMap<string, ModelProvider>;
  /** Providers that stand-ins play. */
  readonly simulated: ReadonlySet<string>;
  readonly state: RouteState;
  readonly purse: Purse;
  readonly pictures: EmbedPictures;
  /** Makes the pictures of a chat as small as the model that is asked makes use of. */
  readonly sizes: Pick<ShrinkPictures, 'forModel'>;
  /** Absent where chats are not guarded. */
  readonly guards?: Pick<ChatGuards, 'open'>;
  /** What was learned about prompts; undefined where nothing was. */
  readonly prior: () => UsedPrior | undefined;
  readonly tracer: Tracer;
  /** Where receipts are kept; undefined where they are not. */
  readonly receipts: Pick<ChatReceiptBook, 'keep'> | undefined;
  /** Told of what goes wrong beside a chat. */
  readonly log: Pick<Logger, 'warn'>;
  readonly clock: Clock;
  /** How long a request may take, in milliseconds. */
  readonly timeoutMs: number;
}
