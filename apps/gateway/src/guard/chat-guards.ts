import type { Tenant } from '@waybill/contracts';
import {
  askModerators,
  guardDocument,
  guardrails,
  inspectPage,
  inspectText,
  ofChatPictures,
  rulesFor,
  wantedGuardrails,
  type DocumentFinding,
  type GuardedDocument,
  type GuardTerms,
  type InspectedPage,
  type Sensitivity,
} from '@waybill/guardrails';
import { StageError } from '@waybill/jobs';
import { pictureMediaType } from '../addresses/picture-media-type.js';
import type { ChatBody } from '../body/chat-body.js';
import type { ChatFacts } from '../body/chat-facts.js';
import { decodeFile } from '../body/embedded-files.js';
import { DoorError } from '../http/door-error.js';
import { ChatGuard } from './chat-guard.js';
import type { ChatGuardTools } from './chat-guard-tools.js';
import { GuardTally } from './guard-tally.js';
import { RewrittenChat, type ChatText } from './rewritten-chat.js';

export interface ChatToGuard {
  readonly tenant: Tenant;
  readonly sensitivity: Sensitivity;
  readonly body: ChatBody;
  readonly facts: ChatFacts;
}

const note =
  'Marks such as [EMAIL_1] stand for values that are withheld. Where one is the value, copy it as it stands, with its brackets.';
/** Pictures for moderators are as large as they look at; one with something covered keeps what models look at. */
const [moderatedEdgePx, coveredEdgePx] = [1_024, 2_048];
/** Messages of these give the model its work; what the others say may come from anywhere. */
const givingWork = new Set(['system', 'developer', 'assistant', undefined]);

/** Looks at chats before any provider sees them; docs/guardrails.md. */
export class ChatGuards {
  constructor(private readonly tools: ChatGuardTools) {}

  /**
   * @returns undefined when the policy has nothing to say about this tenant's chats.
   * @throws DoorError `guardrail_blocked`; rejects with a retryable `StageError` when a moderator that must be asked cannot be
   */
  async open(chat: ChatToGuard, signal: AbortSignal): Promise<ChatGuard | undefined> {
    const { tenant, sensitivity, body, facts } = chat;
    const policy = this.tools.policy();
    const whose = { tenant, sensitivity };
    const rules = rulesFor(policy, whose, 'before-model');
    const unread = Math.max(facts.files.length, facts.pictures.length);
    const ofUnread = ofChatPictures(policy, whose);
    if (unread > 0 && ofUnread === 'refuse') throw refusedUnread();
    if (rules.length === 0 && rulesFor(policy, whose, 'after-answer').length === 0) return undefined;
    const isRead = unread > 0 && ofUnread === 'read';
    if (isRead && !hasPicturesOnly(facts)) throw refusedUnread();
    const written = RewrittenChat.read(body, facts.files);
    const { texts } = written;
    const terms: GuardTerms = { policy, whose, said: texts.map(({ text }) => text), canary: '' };
    const wanted = wantedGuardrails(terms);
    const pages = isRead ? await this.readPages(chat, wanted, signal) : await this.seenPages(chat, wanted);
    const inPictures = pages.flatMap((page) => inspectPage(page, wanted));
    const findings = [...findingsIn(texts, wanted), ...inPictures];
    const guarded = guardDocument(pages, findings, { ...terms, said: withoutOrders(texts, findings) });
    const tally = new GuardTally();
    tally.add(guarded.decided);
    if (unread > 0 && ofUnread === 'report') tally.addUnread(unread);
    if (isRead) tally.addRead(pages.length);
    if (guarded.blocked !== undefined) throw blocked(guarded);
    const moderators = this.tools.moderators(policy);
    const covered = await this.coveredPictures(chat, pages, guarded);
    const safe = written.write({
      hide: (text) => hide(text, guarded),
      addresses: covered,
      ...(guarded.hidden.size > 0 ? { note } : {}),
    });
    const isModerated = rules.some(({ guardrail }) => moderators.has(guardrail));
    if (isModerated) {
      const subject = await this.subjectOf(chat, texts, guarded);
      const asked = await askModerators(moderators, { rules, subject }, signal);
      tally.add(asked.decided);
      const block = asked.decided.find(({ rule }) => rule.do === 'block' && rule.mode === 'path');
      if (block) throw blockedFor(block.finding);
    }
    return new ChatGuard({ terms, facts: guarded, hidden: safe, plain: body }, moderators, tally);
  }

  /** Pictures as guardrails see them whose words nobody reads; none, where no guardrail looks at pictures. */
  private async seenPages({ body, facts }: ChatToGuard, wanted: ReadonlySet<string>): Promise<InspectedPage[]> {
    if (!looksAtPictures(wanted)) return [];
    const pages: InspectedPage[] = [];
    for (const [index, file] of facts.files.entries()) {
      if (!file.mediaType.startsWith('image/')) continue;
      try {
        const looked = await this.tools.look(decodeFile(body, file));
        pages.push({ page: index + 1, layout: undefined, ...looked });
      } catch (error) {
        // What cannot be looked at is no picture to a provider either, and is for it to refuse.
        if (!(error instanceof StageError) || error.retryable) throw error;
      }
    }
    return pages;
  }

  /** Pictures with their words, one after the other. @throws DoorError for one that cannot be read */
  private async readPages(
    { tenant, body, facts }: ChatToGuard,
    wanted: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<InspectedPage[]> {
    const pages: InspectedPage[] = [];
    for (const [index, file] of facts.files.entries()) {
      const bytes = decodeFile(body, file);
      const mediaType = pictureMediaType(bytes);
      if (mediaType === undefined) throw refusedUnread();
      try {
        const layout = await this.tools.read({ tenant, bytes, mediaType }, signal);
        const looked = looksAtPictures(wanted) ? await this.tools.look(bytes) : {};
        pages.push({ page: index + 1, layout, ...looked });
      } catch (error) {
        if (!(error instanceof StageError) || error.retryable) throw error;
        throw refusedUnread();
      }
    }
    return pages;
  }

  /** By the number of the file: its address with what is to be hidden covered, where there is anything or it was read. */
  private async coveredPictures(
    { body, facts }: ChatToGuard,
    pages: readonly InspectedPage[],
    { covers }: GuardedDocument,
  ): Promise<Map<number, Buffer>> {
    const addresses = new Map<number, Buffer>();
    for (const [index, file] of facts.files.entries()) {
      const cover = covers.get(index + 1) ?? [];
      // What was read goes out as it was read: of what moves, its first picture; without what else a file may hold.
      const wasRead = pages.some(({ page, layout }) => page === index + 1 && layout !== undefined);
      if (cover.length === 0 && !wasRead) continue;
      const { bytes } = await this.tools.scale(decodeFile(body, file), { edgePx: coveredEdgePx, cover });
      addresses.set(index, Buffer.from(`data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}`));
    }
    return addresses;
  }

  private async subjectOf({ body, facts }: ChatToGuard, texts: readonly ChatText[], guarded: GuardedDocument) {
    const pictures: { page: number; bytes: Uint8Array }[] = [];
    for (const [index, file] of facts.files.entries()) {
      if (!file.mediaType.startsWith('image/')) continue;
      const cover = guarded.covers.get(index + 1) ?? [];
      const { bytes } = await this.tools.scale(decodeFile(body, file), { edgePx: moderatedEdgePx, cover });
      pictures.push({ page: index + 1, bytes });
    }
    return { texts: texts.map(({ text }) => guarded.hidden.hideIn(text).text), pictures };
  }
}

const looksAtPictures = (wanted: ReadonlySet<string>): boolean =>
  guardrails.some(({ id, usesPicture }) => usesPicture === true && wanted.has(id));

/** Whether everything that is no text is a picture, and at hand. */
const hasPicturesOnly = ({ files, pictures }: ChatFacts): boolean =>
  files.length === pictures.length && files.every(({ mediaType }) => mediaType.startsWith('image/'));

const findingsIn = (texts: readonly ChatText[], wanted: ReadonlySet<string>): DocumentFinding[] =>
  texts.flatMap(({ text, role }) =>
    inspectText(text, wanted).filter(({ guardrail }) => guardrail !== 'prompt-injection' || !givingWork.has(role)),
  );

/** What an answer may well say; what gives orders is none of it. */
function withoutOrders(texts: readonly ChatText[], findings: readonly DocumentFinding[]): string[] {
  const orders = findings.filter(({ guardrail }) => guardrail === 'prompt-injection').map(({ value }) => value);
  return texts.map(({ text }) => orders.reduce((rest, order) => rest.replaceAll(order, '\n'), text));
}

/** @throws DoorError when a value would be legible all the same */
function hide(text: string, { hidden }: GuardedDocument): string {
  if (hidden.size === 0) return text;
  const { text: safe } = hidden.hideIn(text);
  const leak = hidden.leakIn(safe);
  if (leak === undefined) return safe;
  const sentence = `Nothing was sent, because what ${leak} stands for would still have been legible; report this as a bug, and name a model of a trusted provider until then.`;
  throw new DoorError(400, 'guardrail_blocked', sentence);
}

function blocked({ decided, blocked: sentence }: GuardedDocument): DoorError {
  const block = decided.find(({ rule }) => rule.do === 'block' && rule.mode === 'path');
  return block ? blockedFor(block.finding) : new DoorError(400, 'guardrail_blocked', sentence ?? '');
}

function blockedFor({ guardrail, kind, page }: { guardrail: string; kind: string; page?: number }): DoorError {
  const where = page === undefined ? '' : ` in picture ${page}`;
  const sentence = `The guardrail "${guardrail}" found "${kind}"${where}, and the policy blocks that; nothing of the chat was sent. Remove it, or ask the operator for another policy.`;
  return new DoorError(400, 'guardrail_blocked', sentence, { param: 'messages' });
}

function refusedUnread(): DoorError {
  const sentence =
    'A picture or file of this chat would leave without having been read, and the policy forbids that (chatPictures or remoteOcr); submit the document as a job, or ask the operator for another policy.';
  return new DoorError(400, 'guardrail_blocked', sentence, { param: 'messages' });
}
