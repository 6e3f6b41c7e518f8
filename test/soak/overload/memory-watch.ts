import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { TestService } from '../../support/index.js';

/** What one process held at one moment, in bytes. */
export interface MemorySample {
  /** Since the load began. */
  readonly atMs: number;
  readonly residentBytes: number;
  /** In use behind the latest full collection; absent for what is no service. */
  readonly liveHeapBytes?: number;
}

/** What a process held in the middle of the second and of the last quarter of the load. */
export interface Flatness {
  readonly secondQuarterBytes: number;
  readonly lastQuarterBytes: number;
  /** 0.05 is five per cent more in the last quarter. */
  readonly growth: number;
}

/** Samples of each process by its name, in the order they were taken. */
export class MemoryWatch {
  readonly samples = new Map<string, MemorySample[]>();

  async sampleService(service: TestService, atMs: number): Promise<void> {
    const heard = service.nextLine(/"liveHeapBytes"/);
    process.kill(service.pid, 'SIGUSR2');
    const { liveHeapBytes } = JSON.parse(await heard) as { liveHeapBytes: number };
    this.keep(service.name, { atMs, residentBytes: await residentBytes(service.pid), liveHeapBytes });
  }

  async sampleProcess(name: string, pid: number, atMs: number): Promise<void> {
    this.keep(name, { atMs, residentBytes: await residentBytes(pid) });
  }

  /** Of what is held by one process; undefined with fewer than eight samples. */
  flatness(name: string, measure: 'residentBytes' | 'liveHeapBytes'): Flatness | undefined {
    const values = (this.samples.get(name) ?? []).map((sample) => sample[measure]).filter((each) => each !== undefined);
    if (values.length < 8) return undefined;
    const quarter = Math.floor(values.length / 4);
    const secondQuarterBytes = median(values.slice(quarter, 2 * quarter));
    const lastQuarterBytes = median(values.slice(-quarter));
    return { secondQuarterBytes, lastQuarterBytes, growth: lastQuarterBytes / secondQuarterBytes - 1 };
  }

  private keep(name: string, sample: MemorySample): void {
    this.samples.set(name, [...(this.samples.get(name) ?? []), sample]);
  }
}

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)]!;
};

async function residentBytes(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) * 1_024;
}
