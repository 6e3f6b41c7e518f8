import { parsePolicy, type RoutingPolicyInput } from './routing-policy.js';

/**
 * What holds until an operator says otherwise. The quality priors are judgements, not measurements: they are worth 20
 * observations, after which what was verified weighs more.
 */
const data: RoutingPolicyInput = {
  version: 1,
  difficultyBands: { easy: 0.33, medium: 0.66 },
  quality: {
    priorStrength: 20,
    prior: {
      0: { easy: 0.7, medium: 0.5, hard: 0.3 },
      1: { easy: 0.93, medium: 0.85, hard: 0.7 },
      2: { easy: 0.96, medium: 0.92, hard: 0.83 },
      3: { easy: 0.98, medium: 0.96, hard: 0.92 },
    },
  },
  floor: { default: 0.25, byTask: { answer: 0.6, chart: 0.6, chat: 0.6 } },
  latency: { firstTokenMs: 1_200, perOutputTokenMs: 12, margin: 3 },
  sensitivity: {
    public: { noTraining: false },
    internal: { noTraining: true },
    confidential: { noTraining: true, keptDaysAtMost: 30 },
    restricted: { noTraining: true, keptDaysAtMost: 0 },
  },
};

export const shippedPolicy = parsePolicy(data);
