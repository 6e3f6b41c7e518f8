import type { SentImage } from '@waybill/contracts';
import { StageError } from '@waybill/jobs';
import { estimateImageTokens, shrinkFor, type ModelCard, type RoutingPolicy } from '@waybill/llm-routing';
import type { Edit } from '../body/body-bytes.js';
import { ChatBody } from '../body/chat-body.js';
import { chatFacts, type ChatFacts } from '../body/chat-facts.js';
import { decodeFile } from '../body/embedded-files.js';
import type { EmbeddedPicture } from './embedded-picture.js';

/** A picture as JPEG, its longest side at most `edgePx`. Rejects with a `StageError` for damaged bytes. */
export type ShrinkPicture = (bytes: Uint8Array, edgePx: number) => Promise<Uint8Array>;

/** A chat as it is about to be sent. */
export interface SizedChat {
  readonly body: ChatBody;
  readonly facts: ChatFacts;
  /** What became of its pictures, as a header; undefined where they go as they came. */
  readonly told?: string;
}

type Terms = RoutingPolicy['chatPictures'];

interface Shrunk extends Edit {
  readonly fromBytes: number;
}

/** What is to become of a picture. */
interface Wish {
  readonly picture: EmbeddedPicture;
  readonly edgePx: number;
  /** It counts for fewer tokens then, so it is worth more bytes as well. */
  readonly savesTokens: boolean;
}

/** A picture's pixels take far more room than its bytes. */
const atOnce = 2;
/** What comes line by line is made smaller while it is decoded; what comes in passes is all in memory first. */
const mostPixels = { inLines: 50_000_000, inPasses: 16_000_000 } as const;

/** Pictures of chats, no larger than the model that is asked makes use of; docs/openai-door.md. */
export class ShrinkPictures {
  private readonly turns: Promise<unknown>[] = Array.from({ length: atOnce }, () => Promise.resolve());
  private turn = 0;

  constructor(
    private readonly shrink: ShrinkPicture,
    private readonly terms: () => Terms,
  ) {}

  /** The same chat where nothing is to be gained. */
  async forModel(chat: SizedChat, card: ModelCard): Promise<SizedChat> {
    const terms = this.terms();
    if (terms.shrink === 'never') return chat;
    const edits: Shrunk[] = [];
    for (const wish of chat.facts.embedded.flatMap((picture) => wishFor(picture, card, terms) ?? [])) {
      const shrunk = await this.inTurn(() => this.shrunk(chat.body, wish));
      if (shrunk) edits.push(shrunk);
    }
    if (edits.length === 0) return chat;
    const body = ChatBody.of(Buffer.concat(chat.body.bytes.with(edits)));
    // All of it was copied; it is kept in case that somebody else is asked.
    chat.body.bytes.sent();
    return { body, facts: chatFacts(body), told: tell(edits, chat.facts.embedded.length) };
  }

  private async shrunk(body: ChatBody, { picture: { file }, edgePx, savesTokens }: Wish): Promise<Shrunk | undefined> {
    try {
      const bytes = await this.shrink(decodeFile(body, file), edgePx);
      if (bytes.byteLength >= file.bytes && !savesTokens) return undefined;
      const address = `data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}`;
      return { ...file.span, bytes: Buffer.from(address, 'latin1'), fromBytes: file.span.end - file.span.start };
    } catch (error) {
      // What cannot be decoded is for the provider to refuse, in its own words.
      if (error instanceof StageError) return undefined;
      throw error;
    }
  }

  private async inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    this.turn = (this.turn + 1) % this.turns.length;
    const done = this.turns[this.turn]?.then(work) ?? work();
    this.turns[this.turn] = done.catch(() => undefined);
    return await done;
  }
}

/** Undefined for a picture that goes as it is. */
function wishFor(picture: EmbeddedPicture, card: ModelCard, terms: Terms): Wish | undefined {
  const { header, detail, file, isShown } = picture;
  if (!header || header.mayMove || !isShown) return undefined;
  const { widthPx, heightPx, mediaType, isInPasses } = header;
  if (widthPx * heightPx > mostPixels[isInPasses ? 'inPasses' : 'inLines']) return undefined;
  const size = shrinkFor(card, { widthPx, heightPx, mediaType, bytes: file.bytes }, detail, terms);
  return size && { picture, edgePx: Math.max(size.widthPx, size.heightPx), savesTokens: size.savesTokens };
}

const tell = (edits: readonly Shrunk[], pictures: number): string => {
  const [before, after] = [edits.map(({ fromBytes }) => fromBytes), edits.map(({ bytes }) => bytes.length)].map(sum);
  return `shrunk=${edits.length} of ${pictures}; bytes=${before}->${after}`;
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** The pictures of a chat as they go out, for the ledger: those whose size is known, by their number in the chat. */
export const sentPictures = ({ embedded }: ChatFacts, { imageRule }: Pick<ModelCard, 'imageRule'>): SentImage[] =>
  embedded.flatMap(({ header, detail, file }, index) => {
    if (!header) return [];
    const { widthPx: width, heightPx: height } = header;
    const estimatedTokens = imageRule ? estimateImageTokens(imageRule, header, detail).expected : 0;
    return [{ page: index + 1, estimatedTokens, bytes: file.bytes, width, height, detail }];
  });
