import { runService } from '@waybill/platform';
import { resultsService } from './results-service.js';

await runService(resultsService);
