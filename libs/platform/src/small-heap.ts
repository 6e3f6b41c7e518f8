/**
 * How Node is started for a process that is to stay small: young objects in 4 MiB, and old ones searched through when they
 * have grown by a fifth. Without, the runtime lets garbage stand as long as the machine has memory. `start.sh` has the same.
 */
export const smallHeap = {
  flags: ['--max-semi-space-size=4', '--heap-growing-percent=20'],
  /** One pool of the allocator for all threads. */
  environment: { MALLOC_ARENA_MAX: '1' },
} as const;
