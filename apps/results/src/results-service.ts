import { join } from 'node:path';
import { JetstreamStrategy } from '@waybill/jetstream';
import type { ServiceDefinition } from '@waybill/platform';
import { serveConsole } from './console/serve-console.js';
import { ResultsModule } from './results.module.js';

/** `dist/apps/console`, beside `dist/apps/results`. */
const builtConsole = join(import.meta.dirname, '..', '..', 'console');

/** The results service: what was found, for those who ask, and the console to look at it. */
export const resultsService: ServiceDefinition = {
  name: 'results',
  module: ResultsModule,
  strategy: JetstreamStrategy,
  prepare: (app) => serveConsole(app.getHttpAdapter().getInstance(), builtConsole),
};
