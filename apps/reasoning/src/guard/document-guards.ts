import { createHash } from 'node:crypto';
import type { Hop, JobKey } from '@waybill/contracts';
import {
  guardDocument,
  guardrails,
  inspectPage,
  inspectSaid,
  leavesOf,
  wantedGuardrails,
  type DocumentFinding,
  type GuardrailPolicy,
  type GuardTerms,
  type InspectedPage,
} from '@waybill/guardrails';
import { StageError } from '@waybill/jobs';
import type { ReadPage } from '@waybill/llm-routing';
import type { DocumentWork } from '../documents-of-work.js';
import type { PictureCovers } from '../page-pictures.js';
import { DocumentGuard } from './document-guard.js';
import type { GuardTools } from './guard-tools.js';

/** Which document of which job. */
export interface GuardedPlace extends JobKey {
  readonly document: number;
}

const placeOf = ({ tenant, jobId, document }: GuardedPlace): string => `${tenant}/${jobId}/${document}`;

/** The guards of the documents that are being answered: one is opened before a document's first call, and closed after its last. */
export class DocumentGuards {
  readonly #open = new Map<string, DocumentGuard>();

  constructor(private readonly tools: GuardTools) {}

  /** Inspects the document. Rejects with a retryable `StageError` when a moderator that must be asked cannot be. */
  async open(work: DocumentWork, pages: readonly ReadPage[], signal: AbortSignal): Promise<DocumentGuard> {
    const began = performance.now();
    const place = placeOfWork(work);
    const terms = termsOf(work, place, this.tools.policy());
    const wanted = wantedGuardrails(terms);
    const needsPictures = guardrails.some(({ id, usesPicture }) => usesPicture === true && wanted.has(id));
    const inspected: InspectedPage[] = [];
    const findings: DocumentFinding[] = [...inspectSaid(terms.said, wanted)];
    const failures: string[] = [];
    for (const page of pages) {
      signal.throwIfAborted();
      const looked = needsPictures ? await this.#look(page, failures) : {};
      const seen = { page: page.read.page, layout: page.layout, ...looked };
      inspected.push(seen);
      findings.push(...inspectPage(seen, wanted));
    }
    const facts = guardDocument(inspected, findings, terms);
    const moderators = this.tools.moderators(terms.policy);
    const ran = this.#local([...wanted].filter((id) => !moderators.has(id)));
    const inspectMs = performance.now() - began;
    const guard = new DocumentGuard(terms, facts, moderators, { failures, ran, inspectMs });
    if (facts.blocked === undefined) await guard.moderateBefore(pages, this.tools, signal);
    this.#open.set(placeOf(place), guard);
    return guard;
  }

  /** @throws Error when the document was not inspected: nothing leaves unseen */
  of(place: GuardedPlace): DocumentGuard {
    const guard = this.#open.get(placeOf(place));
    if (!guard) throw new Error(`Document ${place.document} of ${place.jobId} was not inspected by the guardrails.`);
    return guard;
  }

  /** For pictures of pages. */
  readonly covers: PictureCovers = {
    boxesOn: (page, provider) => {
      const guard = this.of(page);
      return guard.isTrusted(provider) ? [] : guard.coversOf(page.page);
    },
    covered: (page, part) => this.of(page).noteCovered(part),
  };

  close(work: DocumentWork): void {
    this.#open.delete(placeOf(placeOfWork(work)));
  }

  /** Guardrails that ask nobody, where it is known where that is. */
  #local(ids: readonly string[]): Hop[] {
    const { region } = this.tools;
    return region === undefined ? [] : ids.map((name) => ({ kind: 'guardrail', name, regions: [region] }));
  }

  /** A picture that cannot be looked at is told; the words are still inspected. */
  async #look({ read }: ReadPage, failures: string[]): Promise<Pick<InspectedPage, 'codes' | 'picture'>> {
    if (!read.image) return {};
    try {
      return await this.tools.look(await this.tools.store.read(read.image));
    } catch (error) {
      if (!(error instanceof StageError) || error.retryable) throw error;
      failures.push(`The picture of page ${read.page} could not be looked at: ${error.message}`);
      return {};
    }
  }
}

const placeOfWork = ({ work, document }: DocumentWork): GuardedPlace => ({
  ...{ tenant: work.tenant, jobId: work.jobId, document: document.planned.document },
});

function termsOf({ work }: DocumentWork, place: GuardedPlace, policy: GuardrailPolicy): GuardTerms {
  const said = leavesOf(work.plan.task).flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
  // The job's id is made after the document was written, so no document can know it.
  const canary = `mark-${createHash('sha256')
    .update(`canary ${placeOf(place)}`)
    .digest('hex')
    .slice(0, 12)}`;
  return {
    policy,
    whose: { tenant: work.tenant, sensitivity: work.plan.routing.sensitivity ?? 'internal' },
    said,
    canary,
    regions: work.plan.routing.regions,
  };
}
