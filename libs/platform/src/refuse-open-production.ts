import type { z } from 'zod';

/** What production looks at. */
interface Settings {
  readonly NATS_URL: string;
  readonly DATABASE_URL: string;
  readonly WAYBILL_MODE: 'development' | 'production';
  readonly WAYBILL_AUTH: 'keys' | 'none';
  readonly WAYBILL_OIDC_ISSUER?: string | undefined;
  readonly WAYBILL_OIDC_AUDIENCE?: string | undefined;
  readonly WAYBILL_MASTER_KEY?: string | undefined;
  readonly WAYBILL_MASTER_KEY_FILE?: string | undefined;
  readonly WAYBILL_KMS_ENDPOINT?: string | undefined;
  readonly WAYBILL_SERVER_NETWORK: 'open' | 'trusted';
  readonly WAYBILL_NATS_CERT_FILE?: string | undefined;
  readonly WAYBILL_NATS_CERT_KEY_FILE?: string | undefined;
  readonly WAYBILL_DOCUMENT_STORE: string;
  readonly WAYBILL_S3_REGION?: string | undefined;
  readonly WAYBILL_S3_ENDPOINT?: string | undefined;
  readonly WAYBILL_S3_PUBLIC_ENDPOINT?: string | undefined;
  readonly WAYBILL_S3_ACCESS_KEY_ID?: string | undefined;
  readonly WAYBILL_S3_SECRET_ACCESS_KEY?: string | undefined;
}

type Refuse = (path: keyof Settings, message: string) => void;

/** What is usable alone and not together, and what is fit for one's own machine only. */
export function refuseOpenProduction(environment: Settings, context: z.RefinementCtx): void {
  const refuse: Refuse = (path, message) => {
    context.addIssue({ code: 'custom', path: [path], message, params: { isSentence: true } });
  };
  if (environment.WAYBILL_OIDC_ISSUER !== undefined && environment.WAYBILL_OIDC_AUDIENCE === undefined) {
    const why = 'tokens that were made for others would be taken';
    refuse('WAYBILL_OIDC_AUDIENCE', `WAYBILL_OIDC_ISSUER is set without WAYBILL_OIDC_AUDIENCE: ${why}; set it.`);
  }
  if ((environment.WAYBILL_NATS_CERT_FILE === undefined) !== (environment.WAYBILL_NATS_CERT_KEY_FILE === undefined)) {
    const sentence =
      'A client certificate and its key go together; set WAYBILL_NATS_CERT_FILE and WAYBILL_NATS_CERT_KEY_FILE.';
    refuse('WAYBILL_NATS_CERT_FILE', sentence);
  }
  refuseHalfABucket(environment, refuse);
  if (environment.WAYBILL_MODE !== 'production') return;
  refuseOpenDoors(environment, refuse);
  if (environment.WAYBILL_SERVER_NETWORK === 'open') refusePlainConnections(environment, refuse);
}

function refuseHalfABucket(environment: Settings, refuse: Refuse): void {
  const { WAYBILL_S3_ACCESS_KEY_ID: id, WAYBILL_S3_SECRET_ACCESS_KEY: secret } = environment;
  if ((id === undefined) !== (secret === undefined)) {
    const what = 'An access key and its secret go together';
    const sentence = `${what}; set WAYBILL_S3_ACCESS_KEY_ID and WAYBILL_S3_SECRET_ACCESS_KEY, or none of them.`;
    refuse('WAYBILL_S3_ACCESS_KEY_ID', sentence);
  }
  const { WAYBILL_DOCUMENT_STORE: store, WAYBILL_S3_REGION: region, WAYBILL_S3_ENDPOINT: endpoint } = environment;
  if (store === 'jetstream' && environment.WAYBILL_S3_PUBLIC_ENDPOINT !== undefined) {
    const what = 'WAYBILL_S3_PUBLIC_ENDPOINT lends pictures from a bucket, and WAYBILL_DOCUMENT_STORE names none';
    refuse('WAYBILL_S3_PUBLIC_ENDPOINT', `${what}; name one, or unset WAYBILL_S3_PUBLIC_ENDPOINT.`);
  }
  if (store === 'jetstream' || region !== undefined || endpoint !== undefined) return;
  const sentence = `WAYBILL_DOCUMENT_STORE is ${store}, and nothing says where that is; set WAYBILL_S3_REGION or WAYBILL_S3_ENDPOINT.`;
  refuse('WAYBILL_S3_REGION', sentence);
}

function refuseOpenDoors(environment: Settings, refuse: Refuse): void {
  if (environment.WAYBILL_AUTH === 'none') {
    refuse(
      'WAYBILL_AUTH',
      'WAYBILL_MODE is production and WAYBILL_AUTH is none: anybody could ask; unset WAYBILL_AUTH.',
    );
  }
  if (environment.WAYBILL_OIDC_ISSUER?.startsWith('http://')) {
    refuse('WAYBILL_OIDC_ISSUER', 'WAYBILL_OIDC_ISSUER is not https in production; use the issuer’s https address.');
  }
  if (environment.WAYBILL_MASTER_KEY === undefined && environment.WAYBILL_MASTER_KEY_FILE === undefined) {
    const what = 'WAYBILL_MODE is production and there is no master key: content would be stored unencrypted';
    refuse('WAYBILL_MASTER_KEY', `${what}; make one with \`waybill secrets new\` and set WAYBILL_MASTER_KEY_FILE.`);
  }
}

const whyNot = 'whoever is on the network could read along';
const orTrusted = 'or set WAYBILL_SERVER_NETWORK=trusted where nobody else is on it';

function refusePlainConnections(environment: Settings, refuse: Refuse): void {
  const { NATS_URL: nats, DATABASE_URL: database } = environment;
  const isPlain = (url: string): boolean => !/^tls:\/\//.test(url.trim()) && !isThisMachine(withScheme(url.trim()));
  if (nats.split(',').some(isPlain)) {
    refuse('NATS_URL', `WAYBILL_MODE is production and NATS_URL is not tls://: ${whyNot}; write it so, ${orTrusted}.`);
  }
  const { searchParams } = new URL(database);
  const isVerified = searchParams.get('sslmode') === 'verify-full' && !searchParams.has('uselibpqcompat');
  if (!isVerified && !isThisMachine(database)) {
    const sentence = `WAYBILL_MODE is production and DATABASE_URL has no sslmode=verify-full: ${whyNot}; add it, ${orTrusted}.`;
    refuse('DATABASE_URL', sentence);
  }
  for (const name of ['WAYBILL_S3_ENDPOINT', 'WAYBILL_S3_PUBLIC_ENDPOINT', 'WAYBILL_KMS_ENDPOINT'] as const) {
    const endpoint = environment[name];
    if (!endpoint?.startsWith('http:') || isThisMachine(endpoint)) continue;
    refuse(name, `WAYBILL_MODE is production and ${name} is not https://: ${whyNot}; write it so, ${orTrusted}.`);
  }
}

const withScheme = (url: string): string => (url.includes('://') ? url : `nats://${url}`);

function isThisMachine(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
