import type { MessageHandler } from '@nestjs/microservices';
import { consumers, type ConsumerContract, type ServiceName } from '@waybill/contracts';
import { ConfigurationError } from '@waybill/platform';
import { consumersOf } from './topology.js';

/**
 * Pairs each consumer of the service with its one handler.
 * @throws ConfigurationError with a sentence for every missing, unknown or duplicate handler.
 */
export function handlerTable(
  service: ServiceName,
  handlers: ReadonlyMap<string, MessageHandler>,
): Map<ConsumerContract, MessageHandler> {
  const own = consumersOf(service);
  const names = own.map((contract) => contract.name).join(', ');
  const problems: string[] = [];
  for (const [pattern, handler] of handlers) {
    const contract = Object.values<ConsumerContract>(consumers).find((known) => known.name === pattern);
    if (!contract) {
      problems.push(`A handler listens to "${pattern}", which is no consumer; use one of ${names}.`);
    } else if (contract.service !== service) {
      problems.push(`A handler of ${service} listens to "${pattern}"; move it to ${contract.service}, which owns it.`);
    } else if (handler.next) {
      problems.push(`Two handlers listen to "${pattern}"; remove one, since a message is settled once.`);
    } else if (!handler.isEventHandler) {
      problems.push(
        `The handler of "${pattern}" is a @MessagePattern; make it an @EventPattern, since nobody waits for a reply.`,
      );
    }
  }
  const table = new Map<ConsumerContract, MessageHandler>();
  for (const contract of own) {
    const handler = handlers.get(contract.name);
    if (handler) table.set(contract, handler);
    else
      problems.push(`No handler listens to "${contract.name}"; add @EventPattern('${contract.name}') to ${service}.`);
  }
  if (problems.length > 0) throw new ConfigurationError(problems.join('\n'));
  return table;
}
