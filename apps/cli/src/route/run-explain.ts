import { tenantSchema, type Task } from '@waybill/contracts';
import { buildRouteTable, type RouteLimits } from '@waybill/llm-routing';
import {
  batchFamilyNames,
  familyServices,
  configuredCatalog,
  readCatalog,
  WatchedPolicy,
  WatchedPrior,
} from '@waybill/model-providers';
import { loadEnvironment } from '@waybill/platform';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { inspectFile } from '../inspect/inspect-file.js';
import { PageInspector } from '../inspect/page-inspector.js';
import type { Session } from '../session.js';
import { findDocuments } from '../submission/find-documents.js';
import { StepLine } from '../terminal/step-line.js';
import { describeExplanation } from './describe-explanation.js';
import { explainDocument, type ExplainedDocument } from './explain-document.js';

export interface ExplainWish {
  readonly task: Task;
  readonly names: readonly string[];
  /** `all` weighs every model of the catalog, `configured` those that have keys here. */
  readonly providers: 'configured' | 'all';
  /** What the job would allow. */
  readonly limits: Partial<RouteLimits>;
}

/** Reads files in this process and tells, for each of their documents, where it would go. No model is asked. */
export async function runExplain(session: Session, { task, names, providers, limits }: ExplainWish): Promise<ExitCode> {
  const { terminal, interruption, host } = session;
  const files = await findDocuments(names, (path) => session.resolvePath(path));
  const environment = { ...loadEnvironment(host.environment), WAYBILL_OCR_ENGINE: 'auto' as const };
  const catalog = await readCatalog(environment.WAYBILL_CATALOG_OVERLAY);
  const configured = await configuredCatalog(environment, catalog);
  const log = { info: () => undefined, error: (sentence: string) => terminal.note(sentence) };
  const policy = await WatchedPolicy.open(environment.WAYBILL_POLICY, log);
  const prior = await WatchedPrior.open(environment.WAYBILL_ROUTING_PRIOR, log);
  const table = buildRouteTable(providers === 'all' ? catalog : configured.routable, policy.current);
  const batchProviders = new Set(await batchFamilyNames());
  const services = await familyServices();
  const servicesOf = (provider: string) => services.get(provider) ?? [];
  const by = { table, prior: prior.current, now: new Date(), limits, batchProviders, servicesOf };
  const languages = environment.WAYBILL_OCR_LANGUAGES.split('+');
  const { signal } = interruption;
  const way = { tenant: tenantSchema.parse('default'), languages, signal };
  const inspector = new PageInspector(environment);
  const line = new StepLine(terminal);
  const explained: ExplainedDocument[] = [];
  try {
    for (const found of files) {
      line.step(`Reading ${found.name}`);
      const file = await inspectFile(inspector, found, { environment, task, way, signal, told: () => undefined });
      for (const document of file.documents) {
        const explanation = explainDocument(document, task, by);
        if (explanation) explained.push(explanation);
        else line.trouble(`${document.name}: ${document.failure?.message ?? 'No model is needed.'}`);
      }
    }
  } finally {
    line.close();
    policy.close();
    prior.close();
    await inspector.close();
  }
  terminal.printJson({ catalogVersion: catalog.version, documents: explained });
  for (const one of explained) terminal.print(`${describeExplanation(one, table.policy, terminal.colours)}\n`);
  if (configured.providers.size < 2 && providers === 'configured') {
    terminal.note('No provider has keys here, so only the rules can answer; --all weighs every model of the catalog.');
  }
  return explained.length > 0 ? exitCodes.ok : exitCodes.refused;
}
