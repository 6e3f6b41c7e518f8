import { JetstreamStrategy } from '@waybill/jetstream';
import { runService } from '@waybill/platform';
import { ResultsModule } from './results.module.js';

await runService({ name: 'results', module: ResultsModule, strategy: JetstreamStrategy });
