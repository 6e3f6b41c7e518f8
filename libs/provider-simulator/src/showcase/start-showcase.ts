import { shippedCatalog } from '@waybill/llm-routing';
import { sampleAnswers } from '@waybill/samples';
import type { ModelProfile } from '../models/answer-task.js';
import { chance } from '../models/chance.js';
import { startModelSimulator, type ModelSimulator } from '../models/start-model-simulator.js';

interface Manner {
  readonly errorRate: number;
  readonly firstTokenMs: number;
  readonly perOutputTokenMs: number;
}

/** What models of a tier are like here: invented, and the same in every run. */
const bulk: Manner = { errorRate: 0.15, firstTokenMs: 120, perOutputTokenMs: 0.8 };
const standard: Manner = { errorRate: 0.06, firstTokenMs: 250, perOutputTokenMs: 1.5 };
const frontier: Manner = { errorRate: 0.01, firstTokenMs: 600, perOutputTokenMs: 4 };
const mannerOf = (tier: number): Manner => (tier >= 3 ? frontier : tier === 2 ? standard : bulk);
const busyShare = 0.1;

/**
 * Every provider of the catalog, played on one port of this machine: the better a model's tier, the fewer of its values
 * are wrong and the slower it is, and now and then one asks for patience. It knows the sample documents; others it
 * reads as a plausible reader would.
 */
export const startShowcase = (): Promise<ModelSimulator> => startModelSimulator({ models: profileOf });

function profileOf(model: string): ModelProfile {
  const card = shippedCatalog.models.find((each) => each.model === model);
  const { errorRate, firstTokenMs, perOutputTokenMs } = mannerOf(card?.tier ?? 2);
  // No two models of a tier are quite alike.
  const pace = 0.7 + 0.6 * chance(model, 'pace');
  return {
    errorRate,
    busyShare,
    knows: sampleAnswers,
    latency: { firstTokenMs: firstTokenMs * pace, perOutputTokenMs: perOutputTokenMs * pace },
    contextTokens: card?.limits.contextTokens,
  };
}
