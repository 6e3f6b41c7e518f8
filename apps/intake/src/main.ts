import { runService } from '@waybill/platform';
import { intakeService } from './intake-service.js';

await runService(intakeService);
