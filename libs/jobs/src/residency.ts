import type { GuardrailReport, Hop, PageEnded, RouteAttempt } from '@waybill/contracts';
import { allowsRegions } from './allows-regions.js';
import { StageError } from './stage-error.js';

/**
 * Refuses a job whose content would be somewhere that it does not allow, before anything of it is kept.
 * @param hops where content of every job is
 * @throws StageError `invalid-submission` naming each hop that is elsewhere, or nobody knows where
 */
export function refuseHopsOutside(hops: readonly Hop[], allowed: readonly string[] | undefined): void {
  const outside = hops.filter(({ regions }) => !allowsRegions(allowed, regions));
  if (outside.length === 0) return;
  const places = outside.map(
    ({ kind, name, regions }) =>
      `${name} (${kind}) ${regions ? `in ${regions.join(', ')}` : 'in a region that is not stated'}`,
  );
  throw new StageError(
    'invalid-submission',
    `The job allows ${allowed?.join(', ') || 'no region'}, and its content would be with ${places.join(', ')}; allow that region, or have the operator state or change it (WAYBILL_REGION).`,
  );
}

/** What of a job tells where its content was. */
export interface TouchedParts {
  /** Of the installation itself. */
  readonly own: readonly Hop[];
  readonly pages: readonly PageEnded[];
  readonly guardrails: readonly (GuardrailReport | undefined)[];
  readonly attempts: readonly RouteAttempt[];
}

/** Wherever content of a job was, each place once, in the order in which a job comes there. */
export function hopsTouched({ own, pages, guardrails, attempts }: TouchedParts): Hop[] {
  const hops: Hop[] = [
    ...own,
    ...pages.flatMap((page) => (page.type === 'page-read' && page.hop ? [page.hop] : [])),
    ...guardrails.flatMap((report) => report?.ran ?? []),
    ...attempts.filter(wasAsked).map(({ model, regions }) => ({
      ...{ kind: 'model' as const, name: model },
      ...(regions ? { regions } : {}),
    })),
  ];
  return [...new Map(hops.map((hop) => [JSON.stringify([hop.kind, hop.name, hop.regions]), hop])).values()];
}

/** The rules of tier 0 are a part of the services. */
const wasAsked = ({ tier }: RouteAttempt): boolean => tier > 0;
