import { parseCatalog, type Catalog } from './catalog.js';
import data from './shipped-catalog.json' with { type: 'json' };

/** The catalog that comes with this release. */
export const shippedCatalog: Catalog = parseCatalog(data);
