import multipart from '@fastify/multipart';
import { JetstreamStrategy } from '@waybill/jetstream';
import type { ServiceDefinition } from '@waybill/platform';
import { proxyToResults } from './front-door/proxy-to-results.js';
import { IntakeModule } from './intake.module.js';

/** A JSON submission with inline documents; anything larger comes as multipart, which is streamed. */
const maxJsonBytes = 16 * 1_048_576;
const maxFiles = 100;

/** The intake service: its module, its two doors, and the way to results behind the same address. */
export const intakeService: ServiceDefinition = {
  name: 'intake',
  module: IntakeModule,
  strategy: JetstreamStrategy,
  maxBodyBytes: maxJsonBytes,
  prepare: async (app, environment) => {
    // The store counts the bytes of each file; the parser only passes them on.
    await app.register(multipart, {
      limits: { files: maxFiles, fileSize: Infinity, fields: 10, fieldSize: 1_048_576 },
    });
    await proxyToResults(app, environment.WAYBILL_RESULTS_URL);
  },
};
