import type { Refusals, SimulatorServer } from './simulator-server.js';

/** One simulated provider, as the tests that hold for all of them see it. */
export interface OcrSimulator {
  readonly server: SimulatorServer;
  /** The path of the request that carries the page. */
  readonly pagePath: RegExp;
  /** What makes the ocr service use it. */
  readonly environment: Readonly<Record<string, string>>;
  /** A value of `environment` that must never be seen anywhere. */
  readonly secret: string;
  readonly refusals: Refusals;
  /** Removes what lies on disk. */
  remove?(): Promise<void>;
}
