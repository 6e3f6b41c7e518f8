import { readFile } from 'node:fs/promises';
import { applyOverlay, CatalogError, shippedCatalog, type Catalog } from '@waybill/llm-routing';
import { ConfigurationError } from '@waybill/platform';

/**
 * The catalog of the release, with the operator's overlay when there is one.
 * @throws ConfigurationError with a sentence that names the file and what to correct.
 */
export async function readCatalog(overlayPath: string | undefined): Promise<Catalog> {
  if (overlayPath === undefined) return shippedCatalog;
  const overlay = await readJson(overlayPath);
  try {
    return applyOverlay(shippedCatalog, overlay);
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    throw new ConfigurationError(`${overlayPath} (WAYBILL_CATALOG_OVERLAY): ${error.message}`, { cause: error });
  }
}

async function readJson(path: string): Promise<unknown> {
  let text;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new ConfigurationError(`WAYBILL_CATALOG_OVERLAY names ${path}, which cannot be read; name a readable file.`, {
      cause: error,
    });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigurationError(`${path} (WAYBILL_CATALOG_OVERLAY) is not JSON: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}
