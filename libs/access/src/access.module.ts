import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { scopes, tenantSchema } from '@waybill/contracts';
import { Authenticator, KeyRing, type AccessControl, type KeyStore, type TokenVerifier } from '@waybill/identity';
import { systemClock } from '@waybill/jobs';
import { ENVIRONMENT, LOGGER, REQUEST_GUARD, type Environment, type RequestGuard } from '@waybill/platform';
import type { Logger } from 'pino';
import { JwksVerifier } from './jwks-verifier.js';
import { metered, type UnmeteredAccess } from './metered.js';
import { routeGuard, type GuardedService } from './route-guard.js';
import { WatchedLimits } from './watched-limits.js';

/** Who makes a request: an `AccessControl`. */
export const ACCESS = Symbol('ACCESS');

export interface AccessOptions {
  /** The modules that provide the store. */
  readonly imports: NonNullable<DynamicModule['imports']>;
  /** Injection token of a `KeyStore`. */
  readonly keyStore: symbol;
  /** Absent where a service asks `ACCESS` itself. */
  readonly guard?: GuardedService;
}

const openTenant = tenantSchema.parse('default');

/** Asks the callers of a service who they are. */
@Module({})
export class AccessModule implements OnApplicationShutdown {
  constructor(@Inject(ACCESS) private readonly access: AccessControl) {}

  static forService({ imports, keyStore, guard }: AccessOptions): DynamicModule {
    return {
      module: AccessModule,
      imports,
      providers: [
        {
          provide: ACCESS,
          inject: [keyStore, ENVIRONMENT, LOGGER],
          useFactory: async (store: KeyStore, environment: Environment, logger: Logger): Promise<AccessControl> => {
            const limits = await WatchedLimits.open(environment.WAYBILL_LIMITS, logger);
            const isOpen = environment.WAYBILL_AUTH === 'none';
            return metered(isOpen ? openToAll(logger) : byCredential(store, environment, logger), limits);
          },
        },
        ...(guard
          ? [
              {
                provide: REQUEST_GUARD,
                inject: [ACCESS],
                useFactory: (access: AccessControl): RequestGuard => routeGuard(access, guard),
              },
            ]
          : []),
      ],
      exports: [ACCESS],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.access.close();
  }
}

function byCredential(store: KeyStore, environment: Environment, logger: Logger): UnmeteredAccess {
  const keys = new KeyRing(store, systemClock, (error, sentence) => logger.warn({ err: error }, sentence));
  keys.open();
  const { WAYBILL_OPERATOR_TENANT: operatorTenant } = environment;
  const callers = new Authenticator({ keys, tokens: verifierOf(environment), operatorTenant, clock: systemClock });
  return { identify: (presented) => callers.authenticate(presented), close: () => keys.close() };
}

function verifierOf(environment: Environment): TokenVerifier | undefined {
  const { WAYBILL_OIDC_ISSUER: issuer, WAYBILL_OIDC_AUDIENCE: audience } = environment;
  if (issuer === undefined || audience === undefined) return undefined;
  const { WAYBILL_OIDC_TENANT_CLAIM: tenantClaim, WAYBILL_OIDC_JWKS_URL: jwksUrl } = environment;
  return new JwksVerifier({ issuer, audience, tenantClaim, jwksUrl });
}

/** Everybody may do everything, as the tenant that they name. */
function openToAll(logger: Logger): UnmeteredAccess {
  logger.warn('WAYBILL_AUTH is none: whoever reaches the port is trusted.');
  return {
    identify: ({ tenant = openTenant }) => Promise.resolve({ tenant, scopes, credential: 'none', isOperator: true }),
    close: () => Promise.resolve(),
  };
}
