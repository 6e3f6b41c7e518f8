import { Module, type DynamicModule } from '@nestjs/common';
import { ENVIRONMENT, MASTER_KEYS, type Environment } from '@waybill/platform';
import { masterKeysOf } from './master-keys-of.js';

/** The master keys that the configuration names. Global: imported once, in the service's root module. */
@Module({})
export class KeyManagementModule {
  static forService(): DynamicModule {
    return {
      module: KeyManagementModule,
      global: true,
      providers: [
        {
          provide: MASTER_KEYS,
          inject: [ENVIRONMENT],
          useFactory: (environment: Environment) => masterKeysOf(environment),
        },
      ],
      exports: [MASTER_KEYS],
    };
  }
}
