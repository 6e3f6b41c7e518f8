import { ENVIRONMENT, LOGGER, type Environment, type ServiceDefinition } from '@waybill/platform';
import type { AccessControl } from '@waybill/identity';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { ACCESS, CHAT_TOOLS, GatewayModule } from './gateway.module.js';
import type { ChatTools } from './calls/chat-tools.js';
import { registerOpenAiDoor } from './http/register-openai-door.js';
import { tenantOfClient } from './http/tenant-of-client.js';

/** The gateway: models for code that talks to OpenAI. It pulls no messages. */
export const gatewayService: ServiceDefinition = {
  name: 'gateway',
  module: GatewayModule,
  prepare: async (app) => {
    const tools = app.get<ChatTools>(CHAT_TOOLS);
    const environment = app.get<Environment>(ENVIRONMENT);
    const tenantOf = tenantOfClient(environment, app.get<AccessControl>(ACCESS, { strict: false }));
    const surroundings = { environment, logger: app.get<Logger>(LOGGER), tenantOf };
    const door = (scope: FastifyInstance, _options: unknown, done: () => void) => {
      registerOpenAiDoor(scope, tools, surroundings);
      done();
    };
    await app.register(door, { prefix: '/v1' });
  },
};
