import { Controller, Get, Header, Param, Query, Res } from '@nestjs/common';
import {
  jobLinks,
  pageParametersSchema,
  pageQuerySchema,
  type JobKey,
  type PageEnded,
  type PageKey,
  type PageView,
} from '@waybill/contracts';
import { renderOverlay } from '@waybill/document-layout';
import { ProblemException } from '@waybill/platform';
import type { FastifyReply } from 'fastify';
import { noSuchJob, notFinal } from '../http/refusals.js';
import { RequestedJob } from '../http/request-parameters.js';
import { FindJob } from '../jobs/find-job.js';
import { JobPages } from './job-pages.js';
import { LayoutReader } from './layout-reader.js';
import { PageImages } from './page-images.js';
import { numberOfPage, pageOfNumber } from './page-numbers.js';

interface FoundPage {
  readonly number: number;
  readonly ending: PageEnded;
}

/** Single pages: each can be asked for as soon as it has ended, before its job has. */
@Controller('v1/jobs/:id/pages')
export class PagesController {
  constructor(
    private readonly jobs: FindJob,
    private readonly pages: JobPages,
    private readonly layouts: LayoutReader,
    private readonly images: PageImages,
  ) {}

  @Get(':n')
  async page(@RequestedJob() job: JobKey, @Param() parameters: unknown, @Query() query: unknown): Promise<PageView> {
    const { number, ending } = await this.find(job, parameters, query);
    const shown = {
      number,
      document: ending.document,
      page: ending.page,
      attempts: ending.attempts,
      endedAt: ending.at,
    };
    if (ending.type === 'page-failed') return { ...shown, status: 'failed', failure: ending.failure };
    return {
      ...shown,
      status: 'read',
      summary: ending.summary,
      times: ending.times,
      layout: await this.layouts.one(ending),
      ...(ending.image ? { image: `${jobLinks(job.jobId).self}/pages/${number}/image` } : {}),
    };
  }

  @Get(':n/image')
  async image(
    @RequestedJob() job: JobKey,
    @Param() parameters: unknown,
    @Query() query: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { number, ending } = await this.find(job, parameters, query);
    const reference = ending.type === 'page-read' ? ending.image : undefined;
    if (!reference) {
      throw new ProblemException(
        'image-not-found',
        `Page ${number} of ${job.jobId} has no image; its layout may say why.`,
      );
    }
    await reply
      .type(reference.mediaType ?? 'application/octet-stream')
      .header('content-length', reference.sizeBytes)
      .header('x-content-type-options', 'nosniff')
      .send(await this.images.open(reference));
  }

  /** The texts in it are a stranger's: whatever they may contain, a browser runs and loads nothing of it. */
  @Get(':n/overlay')
  @Header('content-type', 'image/svg+xml; charset=utf-8')
  @Header('content-security-policy', "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox")
  @Header('x-content-type-options', 'nosniff')
  async overlay(@RequestedJob() job: JobKey, @Param() parameters: unknown, @Query() query: unknown): Promise<string> {
    const { number, ending } = await this.find(job, parameters, query);
    if (ending.type !== 'page-read') {
      throw new ProblemException(
        'image-not-found',
        `Page ${number} of ${job.jobId} was not read; see \`failure\` of the page.`,
      );
    }
    const layout = await this.layouts.one(ending);
    const { image } = ending;
    if (!image) return renderOverlay(layout);
    const base64 = Buffer.from(await this.images.bytes(image)).toString('base64');
    return renderOverlay(layout, { image: { mediaType: image.mediaType ?? '', base64 } });
  }

  private async find(job: JobKey, parameters: unknown, query: unknown): Promise<FoundPage> {
    const { n } = pageParametersSchema.parse(parameters);
    const { document } = pageQuerySchema.parse(query);
    const state = await this.jobs.find(job);
    if (!state) throw noSuchJob(job);
    const key: PageKey | undefined = document === undefined ? pageOfNumber(state, n) : { document, page: n };
    const number = key && numberOfPage(state, key);
    if (key && number !== undefined) {
      const ending = await this.pages.ending(job, key);
      if (ending) return { number, ending };
    }
    if (!state.finished && (number !== undefined || !state.planned)) throw notFinal(job);
    throw new ProblemException('page-not-found', `The job ${job.jobId} has no such page; see \`pages\` of the job.`);
  }
}
