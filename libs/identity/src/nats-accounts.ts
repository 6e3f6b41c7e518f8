import {
  documentsBucket,
  jobEventsSubject,
  streams,
  submitSubject,
  type JobId,
  type ServiceName,
  type Tenant,
} from '@waybill/contracts';

/** Public nkeys (`U…`) of everybody who may connect. */
export interface NatsUsers {
  /** Makes streams and consumers: `waybill provision`. */
  readonly operator: string;
  readonly services: Readonly<Record<ServiceName, string>>;
  readonly tenants: ReadonlyMap<Tenant, string>;
}

interface Permissions {
  readonly publish: { readonly allow?: readonly string[]; readonly deny?: readonly string[] };
  readonly subscribe?: { readonly allow: readonly string[] };
}

const house = 'WAYBILL';
/** What tenants' clients give as the JetStream domain. */
const houseDomain = 'waybill';
const accountOf = (tenant: Tenant): string => `TENANT_${tenant}`;

/** What every service may do: read, acknowledge, keep its buckets. It makes no stream of messages and removes none. */
const ofEveryService = [
  '$JS.API.>',
  '$JS.ACK.>',
  '$KV.>',
  '$O.>',
  'waybill.*.dead-letters.>',
  'waybill.*.events.>',
  'waybill.*.data-keys',
];
const forbiddenVerbs = ['UPDATE', 'DELETE', 'PURGE', 'RESTORE'];
const notOfServices = Object.values(streams).flatMap(({ name }) =>
  forbiddenVerbs.map((verb) => `$JS.API.STREAM.${verb}.${name}`),
);

/** What a service publishes beside that; docs/architecture.md has the table. */
const publishedBy: Readonly<Record<ServiceName, readonly string[]>> = {
  intake: ['waybill.*.ocr.>'],
  ocr: ['waybill.*.reasoning.>'],
  reasoning: ['waybill.*.reasoning.>'],
  // A dead letter may be sent on its way again to wherever it came from.
  results: ['results', 'audit', 'intake', 'ocr', 'reasoning', 'gateway'].map((service) => `waybill.*.${service}.>`),
  gateway: ['waybill.*.gateway.>'],
};

/** The subjects of a tenant's client: what it asks of the house, and what it hears. */
export function subjectsOfTenant(tenant: Tenant): {
  readonly asks: readonly string[];
  readonly hears: readonly string[];
} {
  const bucket = documentsBucket(tenant);
  const stream = `OBJ_${bucket}`;
  const api = ['STREAM.INFO', 'STREAM.MSG.GET', 'STREAM.PURGE', 'DIRECT.GET'].map(
    (verb) => `$JS.API.${verb}.${stream}`,
  );
  return {
    asks: [submitSubject(tenant), `$O.${bucket}.C.*`, `$O.${bucket}.M.*`, ...api, `$JS.API.DIRECT.GET.${stream}.>`],
    hears: [jobEventsSubject({ tenant, jobId: '*' as JobId })],
  };
}

/**
 * The accounts of a nats-server as its configuration writes them (docs/identity.md): one for the house, one for each
 * tenant, who reaches of the house only what is exported to it. An account has its own subjects and its own inboxes, so
 * neither a reply nor a consumer can be pointed at somebody else.
 */
export function natsAccounts({ operator, services, tenants }: NatsUsers): Readonly<Record<string, unknown>> {
  const serviceUsers = Object.entries(services).map(([name, nkey]) => ({
    nkey,
    permissions: permissionsOf(name as ServiceName),
  }));
  const exports = [...tenants.keys()].flatMap((tenant) => {
    const accounts = [accountOf(tenant)];
    const { asks, hears } = subjectsOfTenant(tenant);
    return [...asks.map((service) => ({ service, accounts })), ...hears.map((stream) => ({ stream, accounts }))];
  });
  const tenantAccounts = [...tenants].map(([tenant, nkey]) => {
    const from = (subject: string) => ({ account: house, subject });
    const { asks, hears } = subjectsOfTenant(tenant);
    const imports = [
      ...asks.map((subject) => ({ service: from(subject), to: localSubjectOf(subject) })),
      ...hears.map((subject) => ({ stream: from(subject) })),
    ];
    return [accountOf(tenant), { users: [{ nkey }], imports }] as const;
  });
  const users = [{ nkey: operator }, ...serviceUsers];
  return { [house]: { jetstream: 'enabled', users, exports }, ...Object.fromEntries(tenantAccounts) };
}

/** Each account answers `$JS.API.` itself; a domain of its own name leads to the house's JetStream. */
const localSubjectOf = (subject: string): string => subject.replace(/^\$JS\.API\./, `$JS.${houseDomain}.API.`);

function permissionsOf(service: ServiceName): Permissions {
  return { publish: { allow: [...ofEveryService, ...publishedBy[service]], deny: notOfServices } };
}
