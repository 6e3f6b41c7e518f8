import { StageError } from '@waybill/jobs';

const soonMs = 2_000;
/** What only an operator mends is asked for less often. */
const laterMs = 30_000;

/** What to do about refusals that stay. https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html */
const mends: Readonly<Record<string, string>> = {
  AccessDeniedException: 'allow kms:Encrypt and kms:Decrypt on the key',
  CredentialsProviderError: 'give credentials of AWS by the environment, a profile or a role',
  DisabledException: 'enable the key',
  ExpiredTokenException: 'renew the credentials of AWS',
  IncorrectKeyException: 'restore the stream WAYBILL_DATA_KEYS from a backup',
  InvalidCiphertextException: 'restore the stream WAYBILL_DATA_KEYS from a backup',
  InvalidSignatureException: 'correct the credentials of AWS, or the clock',
  KMSInvalidStateException: 'cancel the deletion of the key, or make it usable',
  NotFoundException: 'correct the ARN in WAYBILL_MASTER_KEY or WAYBILL_MASTER_KEY_FILE',
  UnrecognizedClientException: 'correct the credentials of AWS',
};

/** All of them are `unavailable` and retryable, because a key, a credential or a network can be mended while jobs wait. */
export function kmsFailure(what: 'wrap' | 'unwrap', key: string, error: unknown): StageError {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  const mend = mends[name];
  const reason = mend ?? ([name === 'Error' ? '' : name, message].filter(Boolean).join(': ') || 'it does not answer');
  const said = mend === undefined ? reason : `${name}; ${mend}`;
  return new StageError('unavailable', `AWS KMS could not ${what} a data key with ${key} (${said}).`, {
    retryable: true,
    retryAfterMs: mend === undefined ? soonMs : laterMs,
    cause: error,
  });
}
