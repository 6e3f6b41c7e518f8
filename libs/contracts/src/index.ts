export * from './access.js';
export * from './asyncapi.js';
export * from './batch.js';
export * from './audit.js';
export * from './blob-reference.js';
export * from './budget.js';
export * from './buckets.js';
export * from './classification.js';
export * from './data-keys.js';
export * from './dead-letter.js';
export { deadLetterListQuerySchema, deadLetterParametersSchema } from './dead-letter-routes.js';
export { pageParametersSchema, pageQuerySchema } from './document-routes.js';
export * from './failure.js';
export * from './guardrail-report.js';
export * from './identity.js';
export * from './job-event.js';
export * from './job-result.js';
export {
  jobListQuerySchema,
  jobQuerySchema,
  multipartSubmissionSchema,
  waitSchema,
  type JobListQuery,
} from './job-routes.js';
export * from './job-view.js';
export { budgetParametersSchema } from './money-routes.js';
export * from './openapi.js';
export * from './overview.js';
export * from './page-box.js';
export * from './page-layout.js';
export * from './page-recognition.js';
export * from './problem.js';
export * from './purge.js';
export { describeRelease, type DescribedContent, type ReleaseDescription } from './release-description.js';
export type { RestResponse, RestRoute } from './rest-route.js';
export * from './rest-routes.js';
export * from './retention.js';
export * from './route-receipt.js';
export * from './routing-view.js';
export type { SchemaDocument } from './schema-catalog.js';
export * from './streams.js';
export * from './subjects.js';
export * from './submission.js';
export * from './task.js';
export * from './text-layer-report.js';
export * from './usage.js';
export * from './work.js';
