import { JetstreamStrategy } from '@waybill/jetstream';
import type { ServiceDefinition } from '@waybill/platform';
import { ReasoningModule } from './reasoning.module.js';

/** The reasoning service: layouts to answers. */
export const reasoningService: ServiceDefinition = {
  name: 'reasoning',
  module: ReasoningModule,
  strategy: JetstreamStrategy,
};
