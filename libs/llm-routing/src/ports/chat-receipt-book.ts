import type { BatchId, FinalStatus, JobId, RouteAttempt, RoutedChat, Tenant } from '@waybill/contracts';

/** What attempts have in common that were chosen together: written once for all of them. */
export interface NotedChoice {
  readonly id: string;
  readonly facts: ChoiceFacts;
}
export type ChoiceFacts = Pick<
  RouteAttempt,
  'model' | 'provider' | 'tier' | 'form' | 'regions' | 'estimate' | 'expectedCostUsd' | 'next' | 'exclusions'
>;

/** One attempt as it is noted: what was chosen, and what came of it. */
export interface ChatAttempt {
  readonly choice: NotedChoice;
  readonly own: Omit<RouteAttempt, keyof ChoiceFacts>;
}

interface ChatEnd {
  readonly tenant: Tenant;
  /** What it is booked under. */
  readonly chatId: JobId;
  /** The id that its answer carries, where there was one. */
  readonly completionId: string | null;
  readonly batchId: BatchId | null;
  readonly status: FinalStatus;
  readonly chat: RoutedChat;
}

/** How a chat was routed, as it is handed in. */
export interface ChatNote extends ChatEnd {
  readonly attempts: readonly ChatAttempt[];
}

/** How a chat was routed, as it is found. */
export interface ChatReceipt extends ChatEnd {
  readonly attempts: readonly RouteAttempt[];
}

/** Port: receipts of chats. Failures are `StageError`s: `unavailable` (retryable). */
export interface ChatReceiptBook {
  /** What is there already stays as it is. */
  keep(notes: readonly ChatNote[]): Promise<void>;
  /** By the chat's id or that of its answer, the latest of several; undefined when the tenant has none. */
  find(tenant: Tenant, id: string): Promise<ChatReceipt | undefined>;
}
