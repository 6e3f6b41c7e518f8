import { randomUUID } from 'node:crypto';
import { ChatBody } from '../body/chat-body.js';
import type { EmbeddedFile } from '../body/embedded-files.js';
import { DoorError } from '../http/door-error.js';

/** A text that somebody wrote into a chat. */
export interface ChatText {
  readonly text: string;
  /** The role of the message that it stands in; undefined for what stands outside of messages. */
  readonly role: string | undefined;
}

/** What is written otherwise when a chat is written again. */
export interface ChatChanges {
  readonly hide: (text: string) => string;
  /** By the number of a file: the address that stands for it. */
  readonly addresses: ReadonlyMap<number, Buffer>;
  /** What the model is told beside the client's messages. */
  readonly note?: string;
}

/** Members that are names and not texts; a value that is hidden does not belong there. */
const names = new Set(['model', 'role', 'type', 'id', 'tool_call_id']);

/** A chat that was parsed without its files, so that its texts can be looked at and replaced. */
export class RewrittenChat {
  private constructor(
    private readonly body: ChatBody,
    private readonly files: readonly EmbeddedFile[],
    private readonly value: Readonly<Record<string, unknown>>,
    private readonly mark: string,
  ) {}

  /** @throws DoorError when the body is not JSON */
  static read(body: ChatBody, files: readonly EmbeddedFile[]): RewrittenChat {
    const mark = `file-${randomUUID()}-`;
    const edits = files.map(({ span }, index) => ({ ...span, bytes: Buffer.from(`${mark}${index}`) }));
    try {
      const value = JSON.parse(Buffer.concat(body.bytes.with(edits)).toString()) as Record<string, unknown>;
      return new RewrittenChat(body, files, value, mark);
    } catch (error) {
      const why = (error as Error).message.replaceAll(mark, 'file ');
      throw new DoorError(400, 'invalid_json', `The body is not JSON (${why}); correct it.`);
    }
  }

  /** Every text in it, keys as well: nothing that is sent goes unseen. */
  get texts(): ChatText[] {
    const { messages, ...others } = this.value;
    const said = (Array.isArray(messages) ? messages : [messages]).flatMap((message: unknown) => {
      const role = (message as { role?: unknown } | null | undefined)?.role;
      return this.textsIn(message, typeof role === 'string' ? role : undefined);
    });
    return [...said, ...this.textsIn(others, undefined)];
  }

  write({ hide, addresses, note }: ChatChanges): ChatBody {
    const messages: unknown = this.value['messages'];
    const told = note !== undefined && Array.isArray(messages) ? withNote(messages, note) : messages;
    const text = JSON.stringify(this.hidden({ ...this.value, messages: told }, hide));
    const body = new ChatBody();
    for (const piece of this.piecesOf(text, addresses)) body.push(piece);
    body.finish();
    return body;
  }

  private textsIn(value: unknown, role: string | undefined): ChatText[] {
    if (typeof value === 'string') return value === '' || value.startsWith(this.mark) ? [] : [{ text: value, role }];
    if (Array.isArray(value)) return value.flatMap((one) => this.textsIn(one, role));
    if (value === null || typeof value !== 'object') return [];
    return Object.entries(value).flatMap(([key, one]) => (names.has(key) ? [] : this.textsIn(one, role)));
  }

  private hidden(value: unknown, hide: ChatChanges['hide']): unknown {
    if (typeof value === 'string') return value.startsWith(this.mark) ? value : hide(value);
    if (Array.isArray(value)) return value.map((one) => this.hidden(one, hide));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, names.has(key) ? one : this.hidden(one, hide)]),
    );
  }

  /** The text with files in the place of their marks; as bytes they are not copied. */
  private piecesOf(text: string, addresses: ChatChanges['addresses']): Buffer[] {
    const [first = '', ...rest] = text.split(`"${this.mark}`);
    const pieces: Buffer[] = [Buffer.from(first)];
    for (const part of rest) {
      const end = part.indexOf('"');
      const index = Number(part.slice(0, end));
      const span = this.files[index]?.span;
      const own = addresses.get(index) ?? (span ? this.body.bytes.slice(span.start, span.end) : Buffer.alloc(0));
      pieces.push(Buffer.from('"'), own, Buffer.from(part.slice(end)));
    }
    return pieces;
  }
}

function withNote(messages: readonly unknown[], note: string): unknown[] {
  const [first, ...rest] = messages as readonly { readonly role?: unknown; readonly content?: unknown }[];
  const isSystem = first?.role === 'system' || first?.role === 'developer';
  return isSystem && typeof first.content === 'string'
    ? [{ ...first, content: `${first.content}\n${note}` }, ...rest]
    : [{ role: 'system', content: note }, ...messages];
}
