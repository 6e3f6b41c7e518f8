import { loadEnvironment } from '@waybill/platform';
import { limitsOf, type DocumentLimits } from '../document-limits.js';

/** What an operator who sets nothing gets. */
export const usualLimits: DocumentLimits = limitsOf(loadEnvironment({}));
