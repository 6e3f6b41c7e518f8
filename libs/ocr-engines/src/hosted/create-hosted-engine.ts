import { ocrPriceOf, shippedOcrCatalog } from '@waybill/llm-routing';
import { ConfigurationError, type Environment, type HostedOcrEngine, type hostedOcrVariables } from '@waybill/platform';
import { HostedEngine, type EnginePrice } from './hosted-engine.js';
import type { HostedReader } from './hosted-reader.js';

/** What hosted engines are configured by. */
export type HostedEnvironment = Pick<Environment, 'WAYBILL_PAGE_TIMEOUT_MS'> &
  Partial<Pick<Environment, keyof typeof hostedOcrVariables>>;

/** What one engine's folder gives to the registry. */
export interface HostedEngineKind {
  /** The model that is asked, as the catalog names it. */
  readonly modelOf: (environment: HostedEnvironment) => string;
  /** The API version or model that is shown beside the name. */
  readonly versionOf: (environment: HostedEnvironment) => string;
  /** What else decides how a page is read, for telling readings apart. */
  readonly settingsOf?: (environment: HostedEnvironment) => string;
  /** Where pages are processed, as far as the settings tell; the operator may state it instead. */
  readonly regionsOf?: (environment: HostedEnvironment) => readonly string[] | undefined;
  readonly readerOf: (environment: HostedEnvironment) => HostedReader;
  /** For an engine without an entry in the catalog: what its operator says that it costs. */
  readonly priceOf?: (environment: HostedEnvironment) => EnginePrice;
}

/**
 * An engine with its price.
 * @throws ConfigurationError when a variable that it needs is missing, or its price is not known
 */
export function createHostedEngine(
  name: HostedOcrEngine,
  kind: HostedEngineKind,
  environment: HostedEnvironment,
): HostedEngine {
  const model = kind.modelOf(environment);
  const ownPrice = kind.priceOf?.(environment);
  const price = ownPrice ?? ocrPriceOf(shippedOcrCatalog, name, model);
  if (!price) {
    throw new ConfigurationError(
      `What ${name} costs with ${model} is not known, so it is not used; choose a model that the catalog prices.`,
    );
  }
  const options = {
    name,
    version: kind.versionOf(environment),
    settings: kind.settingsOf?.(environment) ?? '',
    price,
    catalogVersion: ownPrice ? 'configuration' : `ocr-${shippedOcrCatalog.version}`,
    regions: environment.WAYBILL_OCR_REGIONS ?? kind.regionsOf?.(environment),
    pageTimeoutMs: environment.WAYBILL_PAGE_TIMEOUT_MS,
  };
  return new HostedEngine(options, kind.readerOf(environment));
}

/**
 * The values of variables that an engine cannot do without.
 * @throws ConfigurationError naming those that are missing
 */
export function needed<Name extends keyof typeof hostedOcrVariables>(
  environment: HostedEnvironment,
  engine: HostedOcrEngine,
  names: readonly Name[],
): { readonly [Key in Name]: NonNullable<HostedEnvironment[Key]> } {
  const missing = names.filter((name) => environment[name] === undefined);
  if (missing.length === 0) return environment as { [Key in Name]: NonNullable<HostedEnvironment[Key]> };
  throw new ConfigurationError(
    `WAYBILL_OCR_ENGINE is ${engine}, which needs ${missing.join(' and ')}; set ${missing.length > 1 ? 'them' : 'it'}, or choose another engine.`,
  );
}
