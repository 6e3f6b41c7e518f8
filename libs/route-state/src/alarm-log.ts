import type { HealthAlarm } from '@waybill/llm-routing';
import type { Logger } from 'pino';

/** Says of each alarm once that it rose, and once that it is over. */
export class AlarmLog {
  private readonly standing = new Map<string, Map<string, HealthAlarm>>();

  constructor(private readonly log: Logger) {}

  /** @param alarms all that stand for this model now */
  take(model: string, alarms: readonly HealthAlarm[]): void {
    const before = this.standing.get(model) ?? new Map<string, HealthAlarm>();
    const now = new Map(alarms.map((alarm) => [`${alarm.kind} ${alarm.about}`, alarm]));
    for (const [name, { kind, about, sentence }] of now) {
      if (!before.has(name)) this.log.warn({ alarm: kind, model, about }, sentence);
    }
    for (const [name, { kind, about }] of before) {
      if (!now.has(name)) this.log.info({ alarm: kind, model, about }, `The alarm about ${model} is over.`);
    }
    this.standing.set(model, now);
  }

  /** All that stand, in the order in which their models were heard of. */
  get all(): readonly HealthAlarm[] {
    return [...this.standing.values()].flatMap((alarms) => [...alarms.values()]);
  }
}
