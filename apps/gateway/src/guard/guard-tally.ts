import type { Decided } from '@waybill/guardrails';

type Tallied = Decided<{ readonly guardrail: string; readonly kind: string }>;

const longest = 1_000;

/** How often which guardrail found what, and what followed; no value is in it. */
export class GuardTally {
  private readonly counts = new Map<string, number>();

  add(found: readonly Tallied[]): void {
    for (const { finding, rule } of found) {
      const action = rule.mode === 'shadow' ? `shadow-${rule.do}` : rule.do;
      const name = `${finding.guardrail}/${finding.kind}=${action}`.replaceAll(/[^\w=/.-]/g, '_');
      this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    }
  }

  /** Pictures and files that left without anybody having read the words in them. */
  addUnread(count: number): void {
    this.counts.set('pictures/unread=report', count);
  }

  /** Pictures whose words were read and guarded as those of the chat. */
  addRead(count: number): void {
    this.counts.set('pictures/read=report', count);
  }

  /** As a header's value, for example `secrets/aws-access-key=redact:1`; empty when nothing was found. */
  toString(): string {
    return [...this.counts]
      .map(([name, count]) => `${name}:${count}`)
      .join(', ')
      .slice(0, longest);
  }
}
