import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { SimulatorServer, type SimulatedAnswer, type SimulatedRequest } from '../ocr/simulator-server.js';
import { accessKeyOf, isSignedBy } from '../signature/verify-signature.js';

const accessKeyId = 'AKIDEXAMPLE000000000';
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

export interface KmsSimulator {
  readonly server: SimulatorServer;
  /** ARNs of its keys. */
  readonly keys: readonly [string, string];
  /** What services reach it by. */
  readonly environment: Readonly<Record<string, string>>;
  /** Operations in the order in which they were answered. */
  readonly operations: readonly ('Encrypt' | 'Decrypt')[];
  /** From now on every request for this key is refused so; undefined for none. */
  refuse(key: string, type: string | undefined): void;
}

interface Asked {
  readonly KeyId?: string;
  readonly Plaintext?: string;
  readonly CiphertextBlob?: string;
  readonly EncryptionContext?: Readonly<Record<string, string>>;
}

const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'simulated' };
const refusal = (type: string, message: string): SimulatedAnswer => ({
  status: 400,
  headers,
  body: { __type: type, message },
});

/**
 * Encrypt and Decrypt of AWS KMS 2014-11-01 with two symmetric keys: what one encrypted under a context, only it decrypts, under the
 * same. Requests whose signature does not hold are refused.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html
 */
export async function simulateKms(region = 'eu-central-1'): Promise<KmsSimulator> {
  const arnOf = (id: string): string => `arn:aws:kms:${region}:111122223333:key/${id}`;
  const keys = [arnOf('1234abcd-12ab-34cd-56ef-1234567890ab'), arnOf('0987dcba-09fe-87dc-65ba-ab0987654321')] as const;
  const materials = new Map(keys.map((arn) => [arn, randomBytes(32)]));
  const refused = new Map<string, string>();
  const operations: ('Encrypt' | 'Decrypt')[] = [];

  function answer(request: SimulatedRequest): SimulatedAnswer {
    if (accessKeyOf(request) !== accessKeyId) {
      return refusal('UnrecognizedClientException', 'The security token included in the request is invalid.');
    }
    if (!isSignedBy(request, { accessKeyId, secret, service: 'kms' })) {
      return refusal('InvalidSignatureException', 'The request signature we calculated does not match.');
    }
    const operation = String(request.headers['x-amz-target']).replace(/^TrentService\./, '');
    if (operation !== 'Encrypt' && operation !== 'Decrypt') return refusal('UnknownOperationException', '');
    const asked = JSON.parse(request.body.toString('utf8')) as Asked;
    const arn = asked.KeyId ?? '';
    const material = materials.get(arn);
    if (!material) return refusal('NotFoundException', `Key '${arn}' does not exist`);
    const type = refused.get(arn);
    if (type !== undefined) return refusal(type, `${arn} is refused.`);
    operations.push(operation);
    return operation === 'Encrypt' ? encrypt(arn, material, asked) : decrypt(arn, material, asked);
  }

  const server = new SimulatorServer(answer);
  await server.start();
  return {
    server,
    keys,
    operations,
    refuse: (key, type) => void (type === undefined ? refused.delete(key) : refused.set(key, type)),
    environment: {
      WAYBILL_KMS_ENDPOINT: server.url,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secret,
    },
  };
}

/** The order of its pairs means nothing. */
const authenticated = (context: Asked['EncryptionContext'] = {}): Buffer =>
  Buffer.from(JSON.stringify(Object.entries(context).sort()));

/** Key id, nonce, ciphertext and tag: a blob names its key, as those of KMS do. */
function encrypt(arn: string, material: Buffer, { Plaintext = '', EncryptionContext }: Asked): SimulatedAnswer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, material, nonce).setAAD(authenticated(EncryptionContext));
  const sealed = [nonce, cipher.update(Plaintext, 'base64'), cipher.final(), cipher.getAuthTag()];
  const blob = Buffer.concat([Buffer.from(`${arn}\n`), ...sealed]);
  const body = { CiphertextBlob: blob.toString('base64'), KeyId: arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
  return { status: 200, headers, body };
}

function decrypt(arn: string, material: Buffer, { CiphertextBlob = '', EncryptionContext }: Asked): SimulatedAnswer {
  const blob = Buffer.from(CiphertextBlob, 'base64');
  const named = blob.subarray(0, Math.max(0, blob.indexOf('\n'))).toString();
  const sealed = blob.subarray(named.length + 1);
  if (sealed.length < nonceBytes + tagBytes) return refusal('InvalidCiphertextException', '');
  if (named !== arn) {
    return refusal('IncorrectKeyException', 'The key ID in the request does not identify a CMK that can perform this.');
  }
  try {
    const decipher = createDecipheriv(algorithm, material, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
    decipher.setAAD(authenticated(EncryptionContext)).setAuthTag(sealed.subarray(-tagBytes));
    const plain = Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]);
    const body = { Plaintext: plain.toString('base64'), KeyId: arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
    return { status: 200, headers, body };
  } catch {
    return refusal('InvalidCiphertextException', '');
  }
}
