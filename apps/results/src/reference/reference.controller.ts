import { Controller, Get } from '@nestjs/common';
import { asyncApiDocument, openApiDocument } from '@waybill/contracts';

/** The interfaces of this version, described for programs. */
@Controller()
export class ReferenceController {
  private readonly openApi = openApiDocument();
  private readonly asyncApi = asyncApiDocument();

  @Get('openapi.json')
  getOpenApi() {
    return this.openApi;
  }

  @Get('asyncapi.json')
  getAsyncApi() {
    return this.asyncApi;
  }
}
