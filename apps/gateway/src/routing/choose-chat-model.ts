import {
  decideRoute,
  exclusionsOf,
  findModel,
  type Candidate,
  type RouteKnowledge,
  type RouteRequest,
  type RouteTable,
} from '@waybill/llm-routing';
import type { RouteTo } from '@waybill/guardrails';
import type { ChatFacts } from '../body/chat-facts.js';
import { DoorError } from '../http/door-error.js';
import { unknownDifficulty } from './chat-difficulty.js';

/** Waybill's own names, and what each takes the work for. */
export const waybillModels = {
  'waybill/auto': { difficulty: unknownDifficulty, choice: 'expected-cost' },
  'waybill/cheap': { difficulty: 0, choice: 'expected-cost', qualityFloor: 0 },
  'waybill/best': { difficulty: 0.9, choice: 'quality' },
} as const;

/** What is reserved for an answer whose length nobody limits. */
export const unstatedOutputTokens = 4_096;
/** Bytes a token at the most and usually; a byte may be a token where text is no prose. */
const bytesPerToken = { least: 8, expected: 4, most: 2 };
/** The door's own time limit ends a call; a prediction of its latency refuses nobody. */
const unhurriedMs = 86_400_000;
const noneTried: never[] = [];

export interface ChatChoice {
  readonly facts: ChatFacts;
  /** Catalog ids that were tried already. */
  readonly exclude: readonly string[];
  readonly now: Date;
  /** 0..1, where something is known of it; only for a name that leaves it open. */
  readonly difficulty?: number | undefined;
  /** What the guardrails allow. */
  readonly within?: readonly RouteTo[] | undefined;
}

/** Who is asked, who would be next, and what the choice was made of. */
export interface ChosenRoute {
  readonly chosen: Candidate;
  readonly next: readonly Candidate[];
  readonly request: RouteRequest;
}

/** Whether the client leaves it to Waybill who answers. */
export const isWaybillName = (name: string): name is keyof typeof waybillModels => Object.hasOwn(waybillModels, name);

/** Who is asked. @throws DoorError when nobody can be, with the reasons */
export function chooseChatModel(table: RouteTable, knowledge: RouteKnowledge, choice: ChatChoice): ChosenRoute {
  const request = routeRequestOf(table, choice);
  const decision = decideRoute(table, request, knowledge);
  const name = choice.facts.model;
  if (decision.kind === 'wait') {
    const sentence = `${name} cannot answer before ${decision.until.toISOString()} (${decision.reason}); ask again then.`;
    throw new DoorError(429, 'rate_limit_exceeded', sentence, { retryAt: decision.until });
  }
  if (decision.kind === 'none') throw nobody(table, knowledge, request, name);
  const { chosen, next } = decision;
  if (!isWaybillName(name) || waybillModels[name].choice !== 'quality') return { chosen, next, request };
  const best = next.reduce((found, each) => (each.quality > found.quality ? each : found), chosen);
  return { chosen: best, next: [chosen, ...next].filter((each) => each !== best), request };
}

function routeRequestOf(table: RouteTable, { facts, exclude, now, difficulty, within = [] }: ChatChoice): RouteRequest {
  const { shrink, aboveBytes } = table.policy.chatPictures;
  const { model: name, textBytes, pictures, detail, maxOutputTokens, needs } = facts;
  const terms = isWaybillName(name) ? waybillModels[name] : undefined;
  const floor = terms === undefined ? 0 : 'qualityFloor' in terms ? terms.qualityFloor : undefined;
  const tokens = (share: number) => Math.max(1, Math.ceil(textBytes / share));
  const most = maxOutputTokens ?? unstatedOutputTokens;
  return {
    ...{ task: 'chat', documentKind: 'unknown', level: 'standard', now },
    difficulty: difficulty ?? terms?.difficulty ?? unknownDifficulty,
    forms: [
      {
        name: pictures.length > 0 ? 'page-high' : 'layout',
        text: {
          least: tokens(bytesPerToken.least),
          expected: tokens(bytesPerToken.expected),
          most: tokens(bytesPerToken.most),
        },
        ...{ pictures, detail, soundness: 1 },
        ...(shrink === 'useful' ? { shrink: { aboveBytes } } : {}),
      },
    ],
    output: { least: 1, expected: Math.min(most, 500), most },
    capabilities: needs,
    limits: within.reduce<Limits>(narrowed, {
      leftMs: unhurriedMs,
      // The caller's list grows with each model that it tries; a request is told of later.
      exclude: exclude.length === 0 ? noneTried : [...exclude],
      ...(floor === undefined ? {} : { qualityFloor: floor }),
      ...(terms === undefined ? { only: [idOf(table, name)] } : {}),
    }),
  };
}

type Limits = RouteRequest['limits'];
const tiers = ['free', 'cheap', 'standard', 'frontier'] as const;

/** What the client asks for, and no more than the guardrails allow. */
function narrowed(limits: Limits, { models, regions, tier }: RouteTo): Limits {
  const { only, regions: allowed, tier: most = 'frontier' } = limits;
  return {
    ...limits,
    ...(models ? { only: only ? only.filter((model) => models.includes(model)) : models } : {}),
    ...(regions ? { regions: allowed ? allowed.filter((region) => regions.includes(region)) : [...regions] } : {}),
    ...(tier ? { tier: tiers[Math.min(tiers.indexOf(tier), tiers.indexOf(most))] ?? tier } : {}),
  };
}

function idOf({ catalog }: RouteTable, name: string): string {
  const card = findModel(catalog, name);
  if (card && card.tier > 0) return card.id;
  const sentence = `There is no model "${name}" here; GET /v1/models lists those that can be asked.`;
  throw new DoorError(404, 'model_not_found', sentence, { param: 'model' });
}

const shownReasons = 6;

function nobody(table: RouteTable, knowledge: RouteKnowledge, request: RouteRequest, name: string): DoorError {
  const { only } = request.limits;
  const reasons = exclusionsOf(table, request, knowledge)
    .filter(({ model, code }) => code !== 'asked' && (only === undefined || only.includes(model)))
    .map(({ model, reason }) => `${model} ${reason}`);
  const told = [...new Set(reasons)].slice(0, shownReasons).join('; ') || 'no provider is configured';
  const sentence = `No model can answer this as "${name}": ${told}. Ask for less, or name another model.`;
  return new DoorError(400, 'invalid_request', sentence, { param: 'model' });
}
