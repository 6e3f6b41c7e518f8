import { z, type ZodType } from 'zod';
import { auditEntrySchema } from './audit.js';
import { answerLineWorkSchema, tendBatchWorkSchema } from './batch.js';
import { dataKeyRecordSchema } from './data-keys.js';
import { deadLetterSchema } from './dead-letter.js';
import { jobEventSchema } from './job-event.js';
import type { StreamName } from './streams.js';
import { submissionSchema } from './submission.js';
import { answerJobWorkSchema, deliverWebhookWorkSchema, readPageWorkSchema } from './work.js';

export interface MessageSchema {
  readonly name: string;
  readonly schema: ZodType;
}

/** What each stream carries. The server writes the advisories, so they have no message of ours. */
export const messageSchemas: Readonly<Record<Exclude<StreamName, 'advisories'>, MessageSchema>> = {
  submissions: { name: 'Submission', schema: submissionSchema },
  events: { name: 'JobEvent', schema: jobEventSchema },
  pages: { name: 'ReadPageWork', schema: readPageWorkSchema },
  reasoning: { name: 'AnswerJobWork', schema: answerJobWorkSchema },
  batches: { name: 'BatchWork', schema: z.union([answerLineWorkSchema, tendBatchWorkSchema]) },
  webhooks: { name: 'DeliverWebhookWork', schema: deliverWebhookWorkSchema },
  deadLetters: { name: 'DeadLetter', schema: deadLetterSchema },
  dataKeys: { name: 'DataKeyRecord', schema: dataKeyRecordSchema },
  audit: { name: 'AuditEntry', schema: auditEntrySchema },
};
