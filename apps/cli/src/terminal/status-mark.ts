import type { JobPhase } from './job-progress.js';
import type { Colours } from './terminal.js';

/** A phase or status as one coloured character, so that a column of them can be read at a glance. */
export function statusMark(phase: JobPhase | 'processing', colours: Colours): string {
  switch (phase) {
    case 'completed':
      return colours.green('✓');
    case 'partial':
      return colours.yellow('◐');
    case 'failed':
    case 'refused':
      return colours.red('✗');
    case 'cancelled':
    case 'expired':
      return colours.dim('⊘');
    case 'waiting':
      return colours.yellow('⏸');
    default:
      return colours.cyan('·');
  }
}
