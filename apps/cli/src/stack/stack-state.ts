import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serviceNames } from '@waybill/contracts';
import { z } from 'zod';

const serviceStateSchema = z.object({ url: z.url(), pid: z.number().int().positive() });

/** What a running stack tells other commands about itself, in `stack.json` of its data folder. */
const stackStateSchema = z.object({
  version: z.literal(1),
  pid: z.number().int().positive(),
  startedAt: z.iso.datetime(),
  /** The one base URL for clients. */
  url: z.url(),
  natsUrl: z.string(),
  databaseUrl: z.string(),
  services: z.record(z.enum(serviceNames), serviceStateSchema),
  /** Where stand-ins answer for all models; absent when nothing is simulated. */
  simulator: z.url().optional(),
});
export type StackState = z.infer<typeof stackStateSchema>;

const statePath = (folder: string): string => join(folder, 'stack.json');

/** Written in one step and readable by the owner only, because a database URL may carry a password. */
export async function writeStackState(folder: string, state: StackState): Promise<void> {
  const draft = `${statePath(folder)}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, statePath(folder));
}

/** The state of the stack that runs on a folder, or undefined when none was left there or it cannot be read. */
export async function readStackState(folder: string): Promise<StackState | undefined> {
  const text = await readFile(statePath(folder), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return stackStateSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export async function removeStackState(folder: string): Promise<void> {
  await rm(statePath(folder), { force: true });
}
