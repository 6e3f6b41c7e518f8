import { describe, expect, it } from '@jest/globals';
import { RequestMethod, type DynamicModule, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { restRoutes, type ServiceName } from '@waybill/contracts';
import { IntakeModule } from '../../../apps/intake/src/intake.module.js';
import { ResultsModule } from '../../../apps/results/src/results.module.js';

const metadata = <Value>(key: string, target: object): Value | undefined =>
  Reflect.getMetadata(key, target) as Value | undefined;

/** The module and every module that it imports, each once. */
function modulesOf(module: Type | DynamicModule, found = new Set<Type>()): Set<Type> {
  const type = 'module' in module ? module.module : module;
  if (found.has(type)) return found;
  found.add(type);
  for (const imported of metadata<(Type | DynamicModule)[]>('imports', type) ?? []) modulesOf(imported, found);
  return found;
}

/** `get /v1/jobs/{id}` for every method of the modules' controllers that answers HTTP. */
function routesOf(module: Type): string[] {
  const controllers = [...modulesOf(module)].flatMap((type) => metadata<Type[]>('controllers', type) ?? []);
  return controllers.flatMap((controller) => {
    const prefix = metadata<string>(PATH_METADATA, controller) ?? '';
    const prototype = controller.prototype as Record<string, object>;
    return Object.getOwnPropertyNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      const method = handler && metadata<RequestMethod>(METHOD_METADATA, handler);
      if (!handler || method === undefined) return [];
      const path = `/${prefix}/${metadata<string>(PATH_METADATA, handler) ?? ''}`.replace(/\/+/g, '/');
      const written = path.replace(/(.)\/$/, '$1').replace(/:(\w+)/g, '{$1}');
      return `${(RequestMethod[method] ?? '').toLowerCase()} ${written}`;
    });
  });
}

const contracted = (service: ServiceName): string[] =>
  restRoutes.filter((route) => route.service === service).map((route) => `${route.method} ${route.path}`);

describe('the routes of the controllers are those of the contract', () => {
  it.each<[ServiceName, Type]>([
    ['results', ResultsModule],
    ['intake', IntakeModule],
  ])('%s', (service, module) => {
    expect(routesOf(module).sort()).toEqual(contracted(service).sort());
  });
});
