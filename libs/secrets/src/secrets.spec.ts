import { describe, expect, it } from '@jest/globals';
import { findSecrets } from './find-secrets.js';
import { maskSecrets } from './mask-secrets.js';

/** Put together here, so that no scanner takes this file for a leak. */
const made = (...parts: string[]): string => parts.join('');

describe('secrets', () => {
  it.each([
    ['aws-access-key', made('AKIA', 'QWERTYUIOPASDF23')],
    ['openai-key', made('sk-', 'proj-', 'aB3dE5fG7hI9jK1lM3nO5pQ7')],
    ['anthropic-key', made('sk-', 'ant-', 'api03-aB3dE5fG7hI9jK1lM3nO5pQ7')],
    ['github-token', made('ghp', '_', 'aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5')],
    ['slack-token', made('xoxb', '-', '123456789012-abcdefABCDEF')],
    ['stripe-key', made('sk', '_live_', 'aB3dE5fG7hI9jK1lM3nO')],
    ['json-web-token', made('eyJhbGciOiJIUzI1NiJ9', '.', 'eyJzdWIiOiIxMjM0In0', '.', 'abcDEF123456789')],
    ['private-key', made('-----BEGIN RSA ', 'PRIVATE KEY-----\nMIIEow\n-----END RSA ', 'PRIVATE KEY-----')],
    ['bearer-token', made('Bearer ', 'abcdef1234567890abcdef')],
    ['password', 'password: hunter2-and-more'],
    ['url-password', 'postgresql://waybill:s3cr3tpass@db/waybill'],
    ['high-entropy', 'api_key = q8Zx3Lm0Vt7Rb2Yc9Kd4Wn6P'],
  ])('knows a %s', (kind, text) => {
    expect(findSecrets(`Before ${text} after`).map((found) => found.kind)).toEqual([kind]);
  });

  it.each([
    'token: 17',
    'The secret of good bread',
    'password must be eight characters',
    'sk-1',
    'Ref 20240317-000123456789',
    'Password: ********'.replace(/\*+/, 'required'),
  ])('leaves "%s" alone', (text) => expect(findSecrets(text)).toEqual([]));

  it('leaves a line of JSON a line of JSON', () => {
    const line = JSON.stringify({
      message: made('key sk-', 'proj-aB3dE5fG7hI9jK1lM3nO5pQ7'),
      pem: made('-----BEGIN PRIVATE ', 'KEY-----\nMIIE'),
      password: 'abc-123-def',
    });
    const masked = JSON.parse(maskSecrets(line)) as Record<string, string>;
    expect(masked).toEqual({
      message: 'key [secret:openai-key]',
      pem: '[secret:private-key]',
      password: '[secret:password]',
    });
  });
});
