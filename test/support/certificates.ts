import { createPrivateKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** A certificate and its private key, both PEM. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
}

export interface TestAuthority extends TestCertificate {
  /** Signs a certificate for a server of these names, or for a client of the first. */
  issue(name: string, ...hosts: readonly string[]): TestCertificate;
}

/** An authority of one's own, good for a day. Elliptic curve P-256, X.509 v3 (RFC 5280), written by hand: no program is needed. */
export function createAuthority(name: string): TestAuthority {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const cert = certificate({ subject: name, issuer: name, publicKey, signer: privateKey, extensions: [isAuthority] });
  return {
    ...pem(cert, privateKey),
    issue: (subject, ...hosts) => {
      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const extensions = hosts.length === 0 ? [] : [alternativeNames(hosts)];
      const issued = { subject, issuer: name, publicKey: pair.publicKey, signer: privateKey, extensions };
      return pem(certificate(issued), pair.privateKey);
    },
  };
}

interface Wanted {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly extensions: readonly Buffer[];
}

const dayMs = 86_400_000;

function certificate({ subject, issuer, publicKey, signer, extensions }: Wanted): Buffer {
  const algorithm = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
  const validity = sequence(moment(Date.now() - dayMs), moment(Date.now() + dayMs));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(8)])),
    algorithm,
    commonName(issuer),
    validity,
    commonName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length === 0 ? [] : [der(0xa3, sequence(...extensions))]),
  );
  const signature = sign('sha256', body, createPrivateKey(signer.export({ type: 'pkcs8', format: 'pem' })));
  return sequence(body, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
}

function pem(cert: Buffer, key: KeyObject): TestCertificate {
  const lines = cert.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** Tag, length, value. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const { length } = value;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), value]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const oid = (...bytes: readonly number[]): Buffer => der(0x06, Buffer.from(bytes));
const octets = (value: Buffer): Buffer => der(0x04, value);
const commonName = (name: string): Buffer =>
  sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), der(0x0c, Buffer.from(name)))));
/** Generalised time, as RFC 5280 has it: seconds in UTC. */
const moment = (atMs: number): Buffer =>
  der(0x18, Buffer.from(`${new Date(atMs).toISOString().replaceAll(/[-:T]|\.\d+Z$/g, '')}Z`));

const isAuthority = sequence(
  oid(0x55, 0x1d, 0x13),
  der(0x01, Buffer.from([0xff])),
  octets(sequence(der(0x01, Buffer.from([0xff])))),
);

/** Names and IPv4 addresses. */
const alternativeNames = (hosts: readonly string[]): Buffer => {
  const names = hosts.map((host) =>
    /^[\d.]+$/.test(host) ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host)),
  );
  return sequence(oid(0x55, 0x1d, 0x11), octets(sequence(...names)));
};
