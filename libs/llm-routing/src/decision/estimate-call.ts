import type { ImageRule } from '../catalog/image-rule.js';
import { estimateImageTokens, type TokenInterval } from '../image-tokens/estimate-image-tokens.js';
import { shrinkFor } from '../image-tokens/shrink-for.js';
import { difficultyBandOf } from '../policy/routing-policy.js';
import { costOfTokens } from './cost-of-tokens.js';
import { PredictedQuality } from './predict-quality.js';
import type { CallEstimate, CostInterval } from './route-decision.js';
import { cellKey, type InputForm, type ModelKnowledge, type PictureFacts, type RouteRequest } from './route-request.js';
import type { RankingPrices, RouteEntry, RouteTable } from './route-table.js';

const noTokens: TokenInterval = Object.freeze({ least: 0, expected: 0, most: 0 });

/** Estimates calls for one request. Whatever does not depend on the model is worked out once. */
export class CallEstimator {
  private readonly cell: string;
  /** Before a form's soundness. */
  private readonly predicted: PredictedQuality;
  /** Tokens of a form's pictures by image rule. */
  private readonly pictureTokens: ReadonlyMap<InputForm, readonly TokenInterval[]>;

  constructor(
    private readonly table: RouteTable,
    private readonly request: RouteRequest,
  ) {
    const { task, documentKind, difficulty, forms } = request;
    const band = difficultyBandOf(table.policy, difficulty);
    this.cell = cellKey(task, documentKind, band);
    this.predicted = new PredictedQuality(table.policy, { task, documentKind, band });
    this.pictureTokens = new Map(
      forms
        .filter(({ pictures }) => pictures.length > 0)
        .map((form) => [
          form,
          table.imageRules.map((rule) =>
            form.pictures.map((picture) => tokensOf(rule, picture, form)).reduce(sumOf, noTokens),
          ),
        ]),
    );
  }

  /** Tokens of a form's pictures by the number of the image rule; undefined where it has none. */
  picturesByRule(form: InputForm): readonly TokenInterval[] | undefined {
    return this.pictureTokens.get(form);
  }

  /** Predicted share of right answers, 0..1. */
  quality({ card }: RouteEntry, form: InputForm, learned: ModelKnowledge | undefined): number {
    return this.predicted.of(card, learned?.outcomes?.get(this.cell)) * form.soundness;
  }

  /** Undefined for a model without a price at the wanted level, or without a rule for the pictures. */
  estimate(entry: RouteEntry, form: InputForm, learned: ModelKnowledge | undefined): CallEstimate | undefined {
    const { output, level } = this.request;
    const prices = entry.prices[level];
    const imageTokens = this.imageTokens(entry, form);
    if (!prices || !imageTokens) return undefined;
    const billed = learned?.billedShare ?? 1;
    const inputTokens = {
      least: Math.floor((form.text.least + imageTokens.least) * Math.min(1, billed)),
      expected: Math.round((form.text.expected + imageTokens.expected) * billed),
      most: Math.ceil((form.text.most + imageTokens.most) * Math.max(1, billed)),
    };
    const { latency } = this.table.policy;
    const { firstTokenMs, perOutputTokenMs } = learned?.latency ?? latency;
    const usualMs = entry.card.tier === 0 ? 0 : firstTokenMs + perOutputTokenMs * output.expected;
    return {
      inputTokens,
      imageTokens,
      cost: costOf(prices, {
        ...{ inputTokens, imageTokens, output, pictures: form.pictures.length },
        cachedShare: learned?.cachedShare ?? 0,
      }),
      quality: this.quality(entry, form, learned),
      latencyMs: usualMs * latency.margin,
    };
  }

  private imageTokens(entry: RouteEntry, form: InputForm): TokenInterval | undefined {
    return form.pictures.length === 0 ? noTokens : this.pictureTokens.get(form)?.[entry.imageRule];
  }
}

/** As it is sent to whoever counts by this rule. */
function tokensOf(imageRule: ImageRule, picture: PictureFacts, { detail, shrink }: InputForm): TokenInterval {
  const sent = shrink && shrinkFor({ imageRule, limits: {} }, picture, detail, shrink);
  return estimateImageTokens(imageRule, sent ?? picture, detail);
}

const sumOf = (a: TokenInterval, b: TokenInterval): TokenInterval => ({
  least: a.least + b.least,
  expected: a.expected + b.expected,
  most: a.most + b.most,
});

interface CountedCall {
  readonly inputTokens: TokenInterval;
  readonly imageTokens: TokenInterval;
  readonly output: TokenInterval;
  readonly pictures: number;
  readonly cachedShare: number;
}

/** The upper end is what it costs when nothing is cached: that is reserved. */
function costOf(prices: RankingPrices, call: CountedCall): CostInterval {
  const { inputTokens, imageTokens, output, pictures, cachedShare } = call;
  const usd = (end: keyof TokenInterval): number => {
    const input = inputTokens[end];
    const cached = end === 'most' ? 0 : input * cachedShare;
    return costOfTokens(prices, { input, images: imageTokens[end], cached, output: output[end], pictures });
  };
  return { leastUsd: usd('least'), expectedUsd: usd('expected'), mostUsd: usd('most') };
}
