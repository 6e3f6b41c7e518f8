import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { scopes, tenantSchema } from '@waybill/contracts';
import {
  Authenticator,
  KeyRing,
  RequestMeter,
  type AccessControl,
  type KeyStore,
  type SharedStates,
  type TokenVerifier,
} from '@waybill/identity';
import { systemClock } from '@waybill/jobs';
import { ENVIRONMENT, LOGGER, REQUEST_GUARD, type Environment, type RequestGuard } from '@waybill/platform';
import type { Logger } from 'pino';
import type { JwksVerifierOptions } from './jwks-verifier.js';
import { metered, type UnmeteredAccess } from './metered.js';
import { routeGuard, type GuardedService } from './route-guard.js';
import { WatchedLimits } from './watched-limits.js';

/** Who makes a request: an `AccessControl`. */
export const ACCESS = Symbol('ACCESS');
/** What tenants and their credentials may use, as the file has it now: `WatchedLimits`. */
export const LIMITS = Symbol('LIMITS');

export interface AccessOptions {
  /** The modules that provide the store. */
  readonly imports: NonNullable<DynamicModule['imports']>;
  /** Injection token of a `KeyStore`. */
  readonly keyStore: symbol;
  /** Injection token of the `SharedStates` that all processes count in. */
  readonly shared: symbol;
  /** Absent where a service asks `ACCESS` itself. */
  readonly guard?: GuardedService;
}

const countsAlone = 'Processes cannot count requests together now; this one counts alone, and tries again.';
const openTenant = tenantSchema.parse('default');

/** Asks the callers of a service who they are. */
@Module({})
export class AccessModule implements OnApplicationShutdown {
  constructor(
    @Inject(ACCESS) private readonly access: AccessControl,
    @Inject(LIMITS) private readonly limits: WatchedLimits,
  ) {}

  static forService({ imports, keyStore, shared, guard }: AccessOptions): DynamicModule {
    return {
      module: AccessModule,
      // Once in a service, in its root module; what is left of a limit is shown elsewhere.
      global: true,
      imports,
      providers: [
        {
          provide: LIMITS,
          inject: [ENVIRONMENT, LOGGER],
          useFactory: (environment: Environment, logger: Logger) =>
            WatchedLimits.open(environment.WAYBILL_LIMITS, logger),
        },
        {
          provide: RequestMeter,
          inject: [LIMITS, shared, LOGGER],
          useFactory: (limits: WatchedLimits, states: SharedStates, logger: Logger) =>
            new RequestMeter(
              () => limits.current,
              states,
              systemClock,
              (err) => logger.warn({ err }, countsAlone),
            ),
        },
        {
          provide: ACCESS,
          inject: [keyStore, ENVIRONMENT, LOGGER, RequestMeter],
          useFactory: (store: KeyStore, environment: Environment, logger: Logger, meter: RequestMeter): AccessControl =>
            metered(
              environment.WAYBILL_AUTH === 'none' ? openToAll(logger) : byCredential(store, environment, logger),
              meter,
            ),
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
      exports: [ACCESS, LIMITS],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    this.limits.close();
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
  return verifierInTime({ issuer, audience, tenantClaim, jwksUrl });
}

/** Brings the checks of tokens in with the first token: most installations have none. */
function verifierInTime(options: JwksVerifierOptions): TokenVerifier {
  let verifier: Promise<TokenVerifier> | undefined;
  const loaded = async () => new (await import('./jwks-verifier.js')).JwksVerifier(options);
  return {
    verify: async (token) => {
      verifier ??= loaded();
      return await (await verifier).verify(token);
    },
  };
}

/** Everybody may do everything, as the tenant that they name. */
function openToAll(logger: Logger): UnmeteredAccess {
  logger.warn('WAYBILL_AUTH is none: whoever reaches the port is trusted.');
  return {
    identify: ({ tenant = openTenant }) => Promise.resolve({ tenant, scopes, credential: 'none', isOperator: true }),
    close: () => Promise.resolve(),
  };
}
