import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { consumers } from '@waybill/contracts';
import { completed, type Outcome } from '@waybill/jobs';

const names = Object.values(consumers).flatMap(({ name, service }) => (service === 'intake' ? [name] : []));

/** Handlers of every consumer of intake, which all complete. */
export const intakeControllers = names.map((name) => {
  class CompletingHandler {
    handle(): Outcome {
      return completed();
    }
  }
  const descriptor = Object.getOwnPropertyDescriptor(CompletingHandler.prototype, 'handle');
  if (descriptor) EventPattern<string>(name)(CompletingHandler.prototype, 'handle', descriptor);
  Controller()(CompletingHandler);
  return CompletingHandler;
});
