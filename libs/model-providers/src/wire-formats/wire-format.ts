import type { ModelUsage, ServiceLevel } from '@waybill/llm-routing';

/**
 * How one API tells what was used. Read from the body as it came, since what is billed must not depend on what a
 * library in between passes on. All functions take anything, and find nothing in what they do not know.
 */
export interface WireFormat {
  usage(body: unknown): ModelUsage | undefined;
  /** What the model said instead of an answer, when it declined. */
  refusal(body: unknown): string | undefined;
  /** What the provider says that it charges. */
  billedUsd(body: unknown): number | undefined;
  /** At which service the call was made; absent where an API never says. */
  service?(body: unknown): ServiceLevel | undefined;
  /** The chunks of a stream as one body that the other functions can read. */
  join(chunks: readonly unknown[]): unknown;
}
