/** How Node is started for one process. */
interface ProcessHeap {
  readonly flags: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * How Node is started for a process that is to stay small: young objects in 8 MiB from the start and after a lull, so that those
 * of a call under way seldom count as old, and old ones searched through when they have grown by an eighth. Without, the runtime
 * lets garbage stand as long as the machine has memory. The HTTP parser of undici is not compiled a second time, which takes 30 MiB for a moment;
 * and one thread searches through the young objects, since for so few of them waking others costs more than it helps.
 * `start.sh` has the same.
 */
const smallHeap: ProcessHeap = {
  flags: [
    '--min-semi-space-size=8',
    '--max-semi-space-size=8',
    '--heap-growing-percent=12',
    '--liftoff-only',
    '--no-parallel-scavenge',
  ],
  /** One pool of the allocator for all threads. */
  environment: { MALLOC_ARENA_MAX: '1' },
};

/**
 * How Node is started for a process that handles many messages: with all the room for young objects from the start. While
 * that grows, objects that live as long as one message count as old, and a search through all old ones makes the
 * messages of that moment wait. One thread searches through the young ones: several wait for a processor that other
 * processes have, and the messages with them. `start.sh` has the same.
 */
const steadyHeap = (youngMib: number): ProcessHeap => ({
  flags: [`--min-semi-space-size=${youngMib}`, `--max-semi-space-size=${youngMib}`, '--no-parallel-scavenge'],
  environment: {},
});

/** Of the ocr service each thread has such a room; the others have twice as much, and are searched half as often. */
const heaps: Readonly<Record<string, ProcessHeap>> = { gateway: smallHeap, ocr: steadyHeap(16) };
const usualHeap = steadyHeap(32);

/** The same for services by name. */
export const heapOf = (service: string): ProcessHeap => heaps[service] ?? usualHeap;
