import { runService } from '@waybill/platform';
import { reasoningService } from './reasoning-service.js';

await runService(reasoningService);
