/** `drain` lets services finish what they hold; `kill` does not. */
export type StopManner = 'drain' | 'kill';

const phases = ['services', 'servers', 'last'] as const;
export type StopPhase = (typeof phases)[number];

type Stop = (manner: StopManner) => unknown;

/**
 * What has been started and must be stopped, in order: services, which still need the servers; then the servers; then
 * the traces in the data folder. Within a phase all stop side by side. A failure of one does not keep the others up.
 */
export class StopSequence {
  readonly #stops: Record<StopPhase, Stop[]> = { services: [], servers: [], last: [] };
  #running: Promise<void> | undefined;

  add(phase: StopPhase, stop: Stop): void {
    this.#stops[phase].push(stop);
  }

  /** May be called twice: both calls wait for the same end, and a later `kill` hastens the services. */
  run(manner: StopManner): Promise<void> {
    if (this.#running !== undefined && manner === 'kill') for (const stop of this.#stops.services) stop('kill');
    this.#running ??= this.#runPhases(manner);
    return this.#running;
  }

  async #runPhases(manner: StopManner): Promise<void> {
    const failures: unknown[] = [];
    for (const phase of phases) {
      const endings = await Promise.allSettled(this.#stops[phase].toReversed().map(async (stop) => stop(manner)));
      failures.push(...endings.flatMap((ending) => (ending.status === 'rejected' ? [ending.reason as unknown] : [])));
    }
    if (failures.length > 0) throw failures[0];
  }
}
