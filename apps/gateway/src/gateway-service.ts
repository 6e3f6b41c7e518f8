import { JetstreamStrategy } from '@waybill/jetstream';
import { ENVIRONMENT, LOGGER, type Environment, type ServiceDefinition } from '@waybill/platform';
import type { AccessControl } from '@waybill/identity';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { ACCESS, CHAT_TOOLS, GatewayModule } from './gateway.module.js';
import { BatchDesk } from './batches/batch-desk.js';
import type { ChatTools } from './calls/chat-tools.js';
import { CompleteChat } from './calls/complete-chat.js';
import { FileDesk } from './files/file-desk.js';
import { registerOpenAiDoor } from './http/register-openai-door.js';
import { callerOfClient } from './http/caller-of-client.js';

/** The gateway: models for code that talks to OpenAI, and its batches from the queue. */
export const gatewayService: ServiceDefinition = {
  name: 'gateway',
  module: GatewayModule,
  strategy: JetstreamStrategy,
  prepare: async (app) => {
    const services = {
      ...{ chats: app.get(CompleteChat), tools: app.get<ChatTools>(CHAT_TOOLS) },
      ...{ files: app.get(FileDesk), batches: app.get(BatchDesk) },
    };
    const environment = app.get<Environment>(ENVIRONMENT);
    const callerOf = callerOfClient(environment, app.get<AccessControl>(ACCESS, { strict: false }));
    const surroundings = { environment, logger: app.get<Logger>(LOGGER), callerOf };
    const door = (scope: FastifyInstance, _options: unknown, done: () => void) => {
      registerOpenAiDoor(scope, services, surroundings);
      done();
    };
    await app.register(door, { prefix: '/v1' });
  },
};
