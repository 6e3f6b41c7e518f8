/** What becomes of batches that are looked at: they are answered, stay as they are, or run out of their time. */
export type BatchFate = 'answered' | 'held' | 'expired';
