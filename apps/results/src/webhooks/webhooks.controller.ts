import { Controller, HttpCode, Post } from '@nestjs/common';
import type { JobKey } from '@waybill/contracts';
import { ProblemException } from '@waybill/platform';
import { RequestedJob } from '../http/request-parameters.js';
import { FinishedJob } from '../documents/finished-job.js';
import { QueueWebhook } from './queue-webhook.js';
import { webhooksDisabled, WebhookSettings } from './webhook-settings.js';

@Controller('v1/jobs/:id/webhook')
export class WebhooksController {
  constructor(
    private readonly jobs: FinishedJob,
    private readonly webhooks: QueueWebhook,
    private readonly settings: WebhookSettings,
  ) {}

  @Post('redeliver')
  @HttpCode(202)
  async redeliver(@RequestedJob() job: JobKey): Promise<{ deliveryId: string }> {
    const state = await this.jobs.state(job);
    if (!this.settings.isConfigured) throw new ProblemException('webhooks-disabled', webhooksDisabled);
    const queued = await this.webhooks.again(state);
    if (queued.kind === 'queued') return { deliveryId: queued.deliveryId };
    throw new ProblemException(
      'no-callback',
      `The job ${job.jobId} was submitted without a callback; poll it instead.`,
    );
  }
}
