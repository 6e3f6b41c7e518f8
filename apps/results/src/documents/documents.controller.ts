import { Readable } from 'node:stream';
import { Controller, Get, Header, Res } from '@nestjs/common';
import type { JobKey, PageLayout, ResultView, RouteView } from '@waybill/contracts';
import { renderCsv, renderHtml, renderMarkdown, renderText } from '@waybill/document-layout';
import type { FastifyReply } from 'fastify';
import { RequestedJob } from '../http/request-parameters.js';
import { FinishedJob } from './finished-job.js';
import { JobPages } from './job-pages.js';
import { JobRoute } from './job-route.js';
import { LayoutReader } from './layout-reader.js';

/** What a finished job came to, in every form, and how it is routed. */
@Controller('v1/jobs/:id')
export class DocumentsController {
  constructor(
    private readonly finished: FinishedJob,
    private readonly routes: JobRoute,
    private readonly pages: JobPages,
    private readonly layouts: LayoutReader,
  ) {}

  @Get('result')
  async result(@RequestedJob() job: JobKey): Promise<ResultView> {
    return await this.finished.result(job);
  }

  @Get('route')
  async route(@RequestedJob() job: JobKey): Promise<RouteView> {
    return await this.routes.of(job);
  }

  @Get('layout')
  async layout(@RequestedJob() job: JobKey, @Res() reply: FastifyReply): Promise<void> {
    const state = await this.finished.state(job);
    const json = await this.layouts.json(job.jobId, await this.pages.read(state));
    await reply.type('application/json; charset=utf-8').send(Readable.from(json));
  }

  @Get('markdown')
  @Header('content-type', 'text/markdown; charset=utf-8')
  async markdown(@RequestedJob() job: JobKey): Promise<string> {
    return renderMarkdown(await this.layoutsOf(job));
  }

  /** The text is a stranger's: whatever it may contain, a browser runs and loads nothing of it. */
  @Get('html')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
  async html(@RequestedJob() job: JobKey): Promise<string> {
    return renderHtml(await this.layoutsOf(job));
  }

  /** For spreadsheets, so it is kept and not shown. */
  @Get('csv')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="tables.csv"')
  @Header('x-content-type-options', 'nosniff')
  async csv(@RequestedJob() job: JobKey): Promise<string> {
    return renderCsv(await this.layoutsOf(job));
  }

  @Get('text')
  @Header('content-type', 'text/plain; charset=utf-8')
  async text(@RequestedJob() job: JobKey): Promise<string> {
    return renderText(await this.layoutsOf(job));
  }

  private async layoutsOf(job: JobKey): Promise<PageLayout[]> {
    return await this.layouts.all(await this.pages.read(await this.finished.state(job)));
  }
}
