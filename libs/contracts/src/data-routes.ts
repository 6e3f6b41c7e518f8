import { auditListViewSchema, auditQuerySchema } from './audit.js';
import { deleteReceiptsQuerySchema, receiptsPurgeViewSchema } from './purge.js';
import { json, results, type RestRoute } from './rest-route.js';

/** Who looked at what. */
export const dataRoutes: readonly RestRoute[] = [
  {
    ...results,
    operation: 'listAudit',
    scope: 'admin',
    path: '/v1/audit',
    summary: 'Who asked for which content of the tenant, and what was purged, newest first.',
    query: auditQuerySchema,
    responses: { 200: json(auditListViewSchema, 'The entries; nothing can change or remove one.') },
    problems: ['invalid-request', 'unavailable'],
  },
  {
    ...results,
    operation: 'purgeReceipts',
    method: 'delete',
    scope: 'admin',
    path: '/v1/receipts',
    summary: 'Removes the receipts of chats that began before a moment; what they cost stays in the ledger.',
    query: deleteReceiptsQuerySchema,
    responses: { 200: json(receiptsPurgeViewSchema, 'They are gone.') },
    problems: ['invalid-request', 'unavailable'],
  },
];
