import type { Tenant } from '@waybill/contracts';
import type { ChatReceipt, ChatReceiptBook } from '@waybill/llm-routing';
import { plainSealer, type Sealer } from '@waybill/sealing';
import type { Database } from '../database.js';
import { postgresJson } from '../postgres-json.js';
import { SealedRows } from '../sealed-rows.js';

/** $1: receipts. A receipt is passed on as the text that it is. */
const keep = {
  name: 'keep-chat-receipts',
  text: `
  INSERT INTO chat_receipts (tenant, chat_id, completion_id, batch_id, at, receipt)
  SELECT tenant, "chatId", "completionId", "batchId", at, receipt
  FROM json_to_recordset($1::json) AS given (
    tenant text, "chatId" text, "completionId" text, "batchId" text, at timestamptz, receipt json)
  ON CONFLICT DO NOTHING`,
} as const;

const find = `
  SELECT tenant, chat_id AS "chatId", completion_id AS "completionId", batch_id AS "batchId", at, receipt
  FROM chat_receipts WHERE tenant = $1 AND (chat_id = $2 OR completion_id = $2)
  ORDER BY chat_id = $2 DESC, at DESC LIMIT 1`;

type Row = Omit<ChatReceipt, 'at'> & { readonly at: Date };

/** Receipts of chats in Postgres. */
export class PostgresChatReceipts implements ChatReceiptBook {
  private readonly sealed: SealedRows;

  constructor(
    private readonly database: Database,
    sealer: Sealer = plainSealer,
  ) {
    this.sealed = new SealedRows(sealer);
  }

  async keep(receipts: readonly ChatReceipt[]): Promise<void> {
    const rows = await Promise.all(receipts.map((receipt) => this.sealed.sealReceipt(receipt)));
    await this.database.execute(keep, [postgresJson(rows)]);
  }

  async find(tenant: Tenant, id: string): Promise<ChatReceipt | undefined> {
    const [row] = await this.database.execute<Row>(find, [tenant, id]);
    return row && (await this.sealed.openReceipt({ ...row, at: row.at.toISOString() }));
  }
}
