import { JetstreamStrategy } from '@waybill/jetstream';
import type { ServiceDefinition } from '@waybill/platform';
import { ResultsModule } from './results.module.js';

/** The results service: what was found, for those who ask. */
export const resultsService: ServiceDefinition = {
  name: 'results',
  module: ResultsModule,
  strategy: JetstreamStrategy,
};
