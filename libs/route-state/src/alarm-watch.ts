import type { Clock } from '@waybill/jobs';
import { alarmsOf, type HealthAlarm, type ModelHealth } from '@waybill/llm-routing';
import type { Logger } from 'pino';
import { AlarmLog } from './alarm-log.js';

/** Calls come by the thousand a second; nobody has to be told of an alarm sooner than this. */
const lookAfterMs = 250;

/** Looks for alarms at models of which something was learned, once for all that was learned meanwhile. */
export class AlarmWatch {
  private readonly told: AlarmLog;
  private readonly due = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    log: Logger,
    private readonly healthOf: (model: string) => ModelHealth,
    private readonly clock: Clock,
  ) {
    this.told = new AlarmLog(log);
  }

  changed(model: string): void {
    this.due.add(model);
    this.timer ??= setTimeout(() => this.look(), lookAfterMs).unref();
  }

  /** All that stand now. */
  alarms(): readonly HealthAlarm[] {
    this.look();
    return this.told.all;
  }

  /** Looks a last time. */
  stop(): void {
    this.look();
  }

  private look(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const nowMs = this.clock.now().getTime();
    for (const model of this.due) this.told.take(model, alarmsOf(model, this.healthOf(model), nowMs));
    this.due.clear();
  }
}
