import { parentPort, type Transferable } from 'node:worker_threads';
import { StageError } from '@waybill/jobs';
import { movableBuffers } from './movable-buffers.js';
import type { AnswerMessage, TaskMessage, ThreadError } from './thread-messages.js';

/** A task's result, and the buffers in it that move to the caller instead of being copied. */
export interface TaskResult<Result> {
  readonly result: Result;
  readonly transfer?: Transferable[];
  /** Replace this thread after the answer; for memory that can only be given back so. */
  readonly retires?: boolean;
}

/**
 * The thread's side of a `ThreadPool`: answers each task with what the handler gives or throws.
 * @param isSpent asked after a task that failed: whether the thread must be replaced because of it
 */
export function serveTasks<Task, Result>(
  handle: (task: Task) => Promise<TaskResult<Result>>,
  isSpent: () => boolean = () => false,
): void {
  const port = parentPort;
  if (!port) throw new Error('serveTasks runs in a worker thread only.');
  const answer = (message: AnswerMessage, transfer: Transferable[] = []): void =>
    port.postMessage(message, movableBuffers(transfer));
  port.on('message', ({ task }: TaskMessage) => {
    handle(task as Task).then(
      ({ result, transfer, retires }) => answer({ ok: true, result, retires: retires === true }, transfer),
      (error: unknown) => answer({ ok: false, error: threadErrorOf(error), retires: isSpent() }),
    );
  });
}

function threadErrorOf(error: unknown): ThreadError {
  if (error instanceof StageError) return { kind: 'stage', failure: error.failure, retryable: error.retryable };
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { kind: 'bug', message, stack };
}
