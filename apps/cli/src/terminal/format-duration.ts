/** A length of time for a person: `84 ms`, `2.4 s`, `3 min 20 s`, `2 h 05 min`. A dash where it is unknown. */
export function formatDuration(durationMs: number | undefined | null): string {
  if (durationMs === undefined || durationMs === null || !Number.isFinite(durationMs)) return '–';
  const tenths = Math.round(durationMs / 100);
  if (durationMs < 999.5) return `${Math.round(durationMs)} ms`;
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(durationMs / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
