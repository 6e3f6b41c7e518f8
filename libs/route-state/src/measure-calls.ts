import type { CallIntent, CallOutcome, HealthAlarm, ProviderGate } from '@waybill/llm-routing';
import type { Measurement } from '@waybill/telemetry';

const levels = { closed: 0, 'half-open': 1, open: 2 } as const;

/** What one call counts for. @param lastedMs from its admission to its report */
export function measureCall({ provider, model }: CallIntent, outcome: CallOutcome, lastedMs: number): Measurement[] {
  const name = outcome.kind === 'failed' ? outcome.error.kind : outcome.kind;
  const call: Measurement = {
    metric: 'waybill_model_call_seconds',
    labels: { provider, model, outcome: name },
    value: lastedMs / 1_000,
  };
  if (outcome.kind !== 'answered') return [call];
  const { firstTokenMs, billedInputTokens, outputTokens } = outcome;
  const tokens = (direction: string, value: number): Measurement => ({
    metric: 'waybill_model_tokens_total',
    labels: { provider, model, direction },
    value,
  });
  const labels = { provider, model };
  return [
    call,
    tokens('input', billedInputTokens),
    tokens('output', outputTokens),
    ...(firstTokenMs === undefined
      ? []
      : [{ metric: 'waybill_model_first_token_seconds', labels, value: firstTokenMs / 1_000 } as const]),
  ];
}

/** The breakers of one provider. A model of which its gate says nothing has none. */
export const measureBreakers = ({
  provider,
  breakers,
}: {
  readonly provider: string;
  readonly breakers: ProviderGate['breakers'];
}): Measurement[] =>
  Object.entries(breakers).map(([model, { kind }]) => ({
    metric: 'waybill_breaker_state',
    labels: { provider, model },
    value: levels[kind],
  }));

/** Alarms that stand, counted by model and kind. */
export function measureAlarms(alarms: readonly HealthAlarm[]): Measurement[] {
  const counts = new Map<string, { readonly labels: { model: string; kind: string }; value: number }>();
  for (const { model, kind } of alarms) {
    const known = counts.get(`${kind} ${model}`) ?? { labels: { model, kind }, value: 0 };
    counts.set(`${kind} ${model}`, { ...known, value: known.value + 1 });
  }
  return [...counts.values()].map((count) => ({ metric: 'waybill_model_alarms', ...count }));
}
