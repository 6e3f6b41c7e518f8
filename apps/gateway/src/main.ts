import { runService } from '@waybill/platform';
import { gatewayService } from './gateway-service.js';

await runService(gatewayService);
