/** What signs requests to AWS. */
export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** `ACCESS-KEY-ID:SECRET` or `ACCESS-KEY-ID:SECRET:SESSION-TOKEN`; undefined for an API key, which signs nothing. */
export function awsKeysOf(secret: string): AwsKeys | undefined {
  const [accessKeyId, secretAccessKey, sessionToken] = secret.split(':');
  if (!accessKeyId || !secretAccessKey || !/^[A-Z0-9]{16,128}$/.test(accessKeyId)) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
