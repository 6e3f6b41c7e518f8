import type { Catalog } from '@waybill/llm-routing';
import { waybillModels } from './choose-chat-model.js';

export interface ListedModel {
  readonly id: string;
  readonly object: 'model';
  readonly created: number;
  readonly owned_by: string;
}

/** When is not known of all models, so it is told of none. */
const created = 0;

/** The names that can be asked here, as OpenAI lists models; tier 0 reads layouts and cannot chat. */
export function listModels({ models, aliases }: Catalog): ListedModel[] {
  const chatty = new Map(
    models.filter(({ tier, tasks }) => tier > 0 && tasks.includes('chat')).map((card) => [card.id, card.provider]),
  );
  const named = [
    ...chatty,
    ...Object.entries(aliases).flatMap(([alias, id]): [string, string][] => {
      const provider = chatty.get(id);
      return provider === undefined ? [] : [[alias, provider]];
    }),
  ];
  const own = chatty.size > 0 ? Object.keys(waybillModels).map((id): [string, string] => [id, 'waybill']) : [];
  return [...own, ...named].map(([id, owner]) => ({ id, object: 'model', created, owned_by: owner }));
}
