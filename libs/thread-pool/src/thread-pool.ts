import { Worker, type Transferable } from 'node:worker_threads';
import { StageError } from '@waybill/jobs';
import { movableBuffers } from './movable-buffers.js';
import type { AnswerMessage, TaskMessage, ThreadError } from './thread-messages.js';

export interface ThreadPoolOptions {
  /** What the threads do, for sentences: "reading a page". */
  readonly doing: string;
  /** The compiled script of a thread; it calls `serveTasks`. */
  readonly script: URL;
  /** Threads at most; each is started when it is first needed. */
  readonly size: number;
  /** Handed to every thread as its `workerData`. */
  readonly data?: unknown;
  /** Objects of one thread at most, in megabytes; one that needs more is ended, and only its own task fails. */
  readonly heapMb?: number;
  /** `free`: threads do not keep the process alive while they wait for tasks. */
  readonly holdsProcess?: 'while-open' | 'free';
}

export interface TaskOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs: number;
  /** Tasks with the same word prefer the same thread, which may have something opened for them. */
  readonly affinity?: string;
  readonly transfer?: Transferable[];
}

type End = { readonly result: unknown } | { readonly error: unknown };

interface Task {
  readonly message: TaskMessage;
  readonly options: TaskOptions;
  /** Settles the caller's promise, once, and lets go of the signal. */
  readonly finish: (end: End) => void;
}

interface Thread {
  readonly worker: Worker;
  lastWords: string;
  affinity: string | undefined;
  task: Task | undefined;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Worker threads for work that would starve the event loop or might not survive: one task a thread at a time. A thread
 * that dies, overruns or is aborted is ended and replaced; only its own task fails.
 */
export class ThreadPool {
  readonly #options: ThreadPoolOptions;
  readonly #threads = new Set<Thread>();
  readonly #queue: Task[] = [];
  #isClosed = false;

  constructor(options: ThreadPoolOptions) {
    this.#options = options;
  }

  /**
   * Runs one task. Rejects with the `StageError` the thread gave, `timeout` or `worker-died` (both retryable), or the
   * signal's reason when it aborts. The time limit counts from the task's start, not from its wait for a thread.
   */
  run<Result>(task: unknown, options: TaskOptions): Promise<Result> {
    const { signal } = options;
    return new Promise<Result>((resolve, reject) => {
      if (signal?.aborted) return reject(asError(signal.reason));
      if (this.#isClosed) return reject(this.#closedError());
      const abort = (): void => this.#giveUp(entry, signal?.reason);
      const entry: Task = {
        message: { task },
        options,
        finish: (end) => {
          signal?.removeEventListener('abort', abort);
          if ('error' in end) reject(asError(end.error));
          else resolve(end.result as Result);
        },
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.#queue.push(entry);
      this.#fill();
    });
  }

  /** Ends all threads; tasks under way and waiting are rejected as retryable. May be called twice. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const task of this.#queue.splice(0)) task.finish({ error: this.#closedError() });
    await Promise.all([...this.#threads].map((thread) => this.#end(thread, this.#closedError())));
  }

  #fill(): void {
    for (let task = this.#queue[0]; task; task = this.#queue[0]) {
      const { affinity } = task.options;
      const idle = [...this.#threads].filter((thread) => !thread.task);
      const thread =
        idle.find((each) => each.affinity === affinity) ??
        (this.#threads.size < this.#options.size ? this.#start() : idle[0]);
      if (!thread) return;
      this.#queue.shift();
      this.#give(thread, task);
    }
  }

  #give(thread: Thread, task: Task): void {
    const { timeoutMs, affinity, transfer } = task.options;
    const sentence = `The limit of ${timeoutMs} ms for ${this.#options.doing} was reached.`;
    thread.timer = setTimeout(
      () => void this.#end(thread, new StageError('timeout', sentence, { retryable: true })),
      timeoutMs,
    );
    thread.affinity = affinity;
    thread.task = task;
    thread.worker.ref();
    thread.worker.postMessage(task.message, movableBuffers(transfer ?? []));
  }

  #take(thread: Thread, end: End): void {
    const { task } = thread;
    clearTimeout(thread.timer);
    thread.task = undefined;
    if (this.#options.holdsProcess === 'free') thread.worker.unref();
    task?.finish(end);
  }

  #start(): Thread {
    const { script, data, heapMb } = this.#options;
    // Reading what a thread prints keeps the process alive, so a thread that must not do that prints where it can.
    const isHeard = this.#options.holdsProcess !== 'free';
    const worker = new Worker(script, {
      ...{ workerData: data, stdout: isHeard, stderr: isHeard },
      ...(heapMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heapMb } }),
    });
    const thread: Thread = { worker, lastWords: '', affinity: undefined, task: undefined, timer: undefined };
    if (isHeard) hear(thread);
    worker.on('message', (answer: AnswerMessage) => {
      this.#take(thread, answer.ok ? { result: answer.result } : { error: errorOf(answer.error) });
      if (answer.retires) void this.#end(thread, undefined);
      else this.#fill();
    });
    worker.on('error', (error) => void this.#end(thread, this.#diedError(thread, error)));
    worker.on('exit', () => void this.#end(thread, this.#diedError(thread, undefined)));
    this.#threads.add(thread);
    return thread;
  }

  async #end(thread: Thread, error: unknown): Promise<void> {
    if (!this.#threads.delete(thread)) return;
    this.#take(thread, { error });
    this.#fill();
    await thread.worker.terminate();
  }

  #giveUp(task: Task, reason: unknown): void {
    const place = this.#queue.indexOf(task);
    if (place >= 0) {
      this.#queue.splice(place, 1);
      task.finish({ error: reason });
      return;
    }
    const thread = [...this.#threads].find((each) => each.task === task);
    if (thread) void this.#end(thread, reason);
  }

  #diedError(thread: Thread, cause: unknown): StageError {
    return new StageError('worker-died', `The thread died while ${this.#options.doing}; a new one takes its place.`, {
      retryable: true,
      cause: cause ?? thread.lastWords,
    });
  }

  #closedError(): StageError {
    return new StageError('unavailable', `Stopped before ${this.#options.doing} was finished.`, { retryable: true });
  }
}

/** Keeps the last words of a thread; they may tell why it died. */
function hear(thread: Thread): void {
  thread.worker.stdout.resume();
  thread.worker.stderr.on('data', (chunk: Buffer) => {
    thread.lastWords = (thread.lastWords + String(chunk)).slice(-2_000);
  });
}

/** Reasons of signals may be anything. */
const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));

function errorOf(error: ThreadError): Error {
  if (error.kind === 'stage') {
    const { code, message, document, page } = error.failure;
    return new StageError(code, message, { retryable: error.retryable, document, page });
  }
  return Object.assign(new Error(error.message), { stack: error.stack });
}
