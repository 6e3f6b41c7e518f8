import { leftInterval, shareInterval } from './billed-share.js';
import { outcomesAt, type ModelHealth } from './model-health.js';
import { rerouteRates } from './reroute-rate.js';

/** Something about a model that a person should look at. */
export interface HealthAlarm {
  readonly kind: 'bills-left-interval' | 'often-re-routed';
  readonly model: string;
  /** Tells apart alarms of one kind about one model. */
  readonly about: string;
  readonly sentence: string;
}

/** The alarms that stand at this moment. */
export function alarmsOf(model: string, health: ModelHealth, nowMs: number): HealthAlarm[] {
  const { billed } = health;
  const bills: HealthAlarm[] = [];
  if (billed && leftInterval(billed)) {
    const { least, most } = shareInterval(billed);
    const told = `${billed.last.toFixed(2)} times the estimate, and ${least.toFixed(2)} to ${most.toFixed(2)} was usual`;
    const sentence = `${model} bills ${told}; look at its tokens in the catalog, and at what is sent.`;
    bills.push({ kind: 'bills-left-interval', model, about: 'input', sentence });
  }
  const reroutes = rerouteRates(outcomesAt(health, nowMs)).filter(({ isAlarming }) => isAlarming);
  return [
    ...bills,
    ...reroutes.map(({ task, documentKind, rate }): HealthAlarm => {
      const share = `${(100 * rate).toFixed(0)} % of the answers to "${task}" on documents of the kind "${documentKind}"`;
      const sentence = `${share} of ${model} are refused and asked for again; raise the floor there, or deny the model.`;
      return { kind: 'often-re-routed', model, about: `${task}/${documentKind}`, sentence };
    }),
  ];
}
