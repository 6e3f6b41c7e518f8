import type { FinalStatus, RoutedChat, Tenant } from '@waybill/contracts';
import type { ChatNote, ChatReceipt, ChatReceiptBook, ChoiceFacts, ChatAttempt } from '@waybill/llm-routing';
import { plainSealer, type Sealer } from '@waybill/sealing';
import type { Database } from '../database.js';
import { postgresJson } from '../postgres-json.js';
import { SealedRows } from '../sealed-rows.js';

/** $1: receipts, $2: what they have in common. */
const keep = {
  name: 'keep-chat-receipts',
  text: `
  WITH chosen AS (
    INSERT INTO chat_choices (tenant, id, at, choice)
    SELECT tenant, id, at, choice
    FROM json_to_recordset($2::json) AS given (tenant text, id text, at timestamptz, choice json)
    ORDER BY tenant COLLATE "C", id COLLATE "C"
    ON CONFLICT DO NOTHING
  )
  INSERT INTO chat_receipts (tenant, chat_id, completion_id, batch_id, at, choices, receipt)
  SELECT tenant, "chatId", "completionId", "batchId", at, choices, receipt
  FROM json_to_recordset($1::json) AS given (tenant text, "chatId" text, "completionId" text, "batchId" text,
    at timestamptz, choices text[], receipt json)
  ON CONFLICT DO NOTHING`,
} as const;

const find = `
  SELECT tenant, chat_id AS "chatId", completion_id AS "completionId", batch_id AS "batchId", receipt,
    (SELECT json_object_agg(id, choice) FROM chat_choices
     WHERE chat_choices.tenant = chat_receipts.tenant AND id = ANY (choices)) AS choices
  FROM chat_receipts WHERE tenant = $1 AND (chat_id = $2 OR completion_id = $2)
  ORDER BY chat_id = $2 DESC, at DESC LIMIT 1`;

/** What is encrypted of a receipt: what a provider said of a chat may quote it. */
interface StoredReceipt {
  readonly status: FinalStatus;
  readonly chat: RoutedChat;
  readonly attempts: readonly (ChatAttempt['own'] & { readonly choice: string })[];
}

type Row = Omit<ChatReceipt, keyof StoredReceipt> & {
  readonly receipt: StoredReceipt;
  readonly choices: Readonly<Record<string, ChoiceFacts>> | null;
};

/** Receipts of chats in Postgres. */
export class PostgresChatReceipts implements ChatReceiptBook {
  private readonly sealed: SealedRows;

  constructor(
    private readonly database: Database,
    sealer: Sealer = plainSealer,
  ) {
    this.sealed = new SealedRows(sealer);
  }

  async keep(notes: readonly ChatNote[]): Promise<void> {
    const rows = await Promise.all(notes.map((note) => this.rowOf(note)));
    await this.database.execute(keep, [postgresJson(rows), postgresJson(choicesOf(notes))]);
  }

  async find(tenant: Tenant, id: string): Promise<ChatReceipt | undefined> {
    const [row] = await this.database.execute<Row>(find, [tenant, id]);
    const receipt = row && (await this.sealed.openReceipt({ tenant, jobId: row.chatId }, row.receipt));
    if (!row || !receipt) return undefined;
    const { status, chat } = receipt;
    const attempts = receipt.attempts.flatMap(({ choice, ...own }) => {
      const facts = row.choices?.[choice];
      return facts ? [{ ...facts, ...own }] : [];
    });
    const { chatId, completionId, batchId } = row;
    return { tenant, chatId, completionId, batchId, status, chat, attempts };
  }

  private async rowOf({ tenant, chatId, completionId, batchId, status, chat, attempts }: ChatNote): Promise<object> {
    const stored: StoredReceipt = {
      status,
      chat,
      attempts: attempts.map(({ choice, own }) => ({ ...own, choice: choice.id })),
    };
    return {
      ...{ tenant, chatId, completionId, batchId, at: chat.at, choices: attempts.map(({ choice }) => choice.id) },
      receipt: await this.sealed.sealReceipt({ tenant, jobId: chatId }, stored),
    };
  }
}

/** Each choice once for each tenant. */
function choicesOf(notes: readonly ChatNote[]): object[] {
  const found = new Map<string, object>();
  for (const { tenant, chat, attempts } of notes) {
    for (const { choice } of attempts) {
      const key = `${tenant}/${choice.id}`;
      if (!found.has(key)) found.set(key, { tenant, id: choice.id, at: chat.at, choice: choice.facts });
    }
  }
  return [...found.values()];
}
