import type { BatchId, FinalStatus, JobId, RouteAttempt, RoutedChat, Tenant } from '@waybill/contracts';

/** How a chat was routed, as it is kept. */
export interface ChatReceipt {
  readonly tenant: Tenant;
  /** What it is booked under. */
  readonly chatId: JobId;
  /** The id that its answer carries, where there was one. */
  readonly completionId: string | null;
  readonly batchId: BatchId | null;
  readonly at: string;
  readonly receipt: ChatReceiptFacts;
}

export interface ChatReceiptFacts {
  readonly status: FinalStatus;
  readonly chat: RoutedChat;
  readonly attempts: readonly RouteAttempt[];
}

/** Port: receipts of chats. Failures are `StageError`s: `unavailable` (retryable). */
export interface ChatReceiptBook {
  /** What is there already stays as it is. */
  keep(receipts: readonly ChatReceipt[]): Promise<void>;
  /** By the chat's id or that of its answer, the latest of several; undefined when the tenant has none. */
  find(tenant: Tenant, id: string): Promise<ChatReceipt | undefined>;
}
