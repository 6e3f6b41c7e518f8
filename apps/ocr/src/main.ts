import { runService } from '@waybill/platform';
import { ocrService } from './ocr-service.js';

await runService(ocrService);
