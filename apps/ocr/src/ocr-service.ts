import { JetstreamStrategy } from '@waybill/jetstream';
import type { ServiceDefinition } from '@waybill/platform';
import { OcrModule } from './ocr.module.js';

/** The ocr service: pages to layouts. */
export const ocrService: ServiceDefinition = { name: 'ocr', module: OcrModule, strategy: JetstreamStrategy };
