import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { routeQuestionSchema, type RouteExplanation, type RoutingView } from '@waybill/contracts';
import { RoutingDesk } from './routing-desk.js';

/** How models are chosen, for people. */
@Controller('v1/routing')
export class RoutingController {
  constructor(private readonly desk: RoutingDesk) {}

  @Get()
  routing(): RoutingView {
    return this.desk.view();
  }

  @Post('explain')
  @HttpCode(200)
  explain(@Body() body: unknown): RouteExplanation {
    return this.desk.explain(routeQuestionSchema.parse(body ?? {}));
  }
}
