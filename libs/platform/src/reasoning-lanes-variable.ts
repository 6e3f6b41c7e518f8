import { reasoningLanes, type ReasoningLane } from '@waybill/contracts';
import { z } from 'zod';

/** For each lane that a process works on, how many jobs at once; undefined for as many as any consumer. */
export type LaneWidths = Readonly<Partial<Record<ReasoningLane, number | undefined>>>;

const [fewest, most] = [1, 1_024];
const isLane = (name: string): name is ReasoningLane => (reasoningLanes as readonly string[]).includes(name);

/** `free,fast:64,frontier:8`: the lanes that a reasoning process works on, and how many jobs at once in each. */
export const reasoningLanesVariable = z
  .string()
  .transform((text, context): LaneWidths => {
    const entries = text.split(',').map((entry) => entry.trim().split(':'));
    const widths: Partial<Record<ReasoningLane, number | undefined>> = {};
    for (const [name = '', count] of entries) {
      const width = count === undefined ? undefined : Number(count);
      const fits = width === undefined || (Number.isInteger(width) && width >= fewest && width <= most);
      if (isLane(name) && fits) widths[name] = width;
      else
        context.addIssue({ code: 'custom', message: `write lanes as free,fast:64 (of ${reasoningLanes.join(', ')})` });
    }
    return widths;
  })
  .optional();
