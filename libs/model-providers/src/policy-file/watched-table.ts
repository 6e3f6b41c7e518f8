import { buildRouteTable, type Catalog, type RouteTable } from '@waybill/llm-routing';
import type { WatchedPolicy } from './watched-policy.js';

/** The route table of a catalog under the policy as it is now; built again only when the policy has changed. */
export function watchedTable(catalog: Catalog, policy: WatchedPolicy): () => RouteTable {
  let table = buildRouteTable(catalog, policy.current);
  return () => {
    if (table.policy !== policy.current) table = buildRouteTable(catalog, policy.current);
    return table;
  };
}
