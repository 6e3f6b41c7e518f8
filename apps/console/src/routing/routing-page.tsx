import type { RoutingView } from '@waybill/contracts';
import { useAnswer } from '../api/use-answer.js';
import { ProblemNote, Skeleton } from '../parts/notes.js';
import { Panel } from '../parts/panel.js';
import { ModelTable } from './model-table.js';
import { ProviderTable } from './provider-table.js';
import { WhatIf } from './what-if.js';

/** By what models are chosen, and where a piece of work would go. */
export function RoutingPage() {
  const { value, error, again } = useAnswer<RoutingView>('/v1/routing');
  return (
    <>
      <header className="page-head">
        <h1>Routing</h1>
        {value ? <span className="faint">{value.catalogVersion}</span> : null}
      </header>
      {error ? <ProblemNote error={error} again={again} /> : null}
      <WhatIf />
      {value ? (
        <>
          <Panel title="Catalog" aside={`${value.models.length} models, USD a million tokens`}>
            <ModelTable models={value.models} />
          </Panel>
          <div className="columns">
            <Panel title="Providers">
              <ProviderTable providers={value.providers} />
            </Panel>
            <Panel title="Policy">
              <pre tabIndex={0} aria-label="The policy as JSON">
                {JSON.stringify(value.policy, undefined, 2)}
              </pre>
            </Panel>
          </div>
        </>
      ) : error ? null : (
        <Skeleton lines={12} />
      )}
    </>
  );
}
