import { geminiFormat } from '../../wire-formats/gemini-format.js';
import { mediaResolution } from '../google/google-family.js';
import type { ProviderFamily } from '../provider-family.js';

/** Gemini on Google Cloud. The secret is an API key, or a service account's JSON together with project and region. */
export const googleVertexFamily: ProviderFamily = {
  format: () => geminiFormat,
  async model({ settings: { baseUrl, headers, project, region }, secret, model }) {
    const { createVertex } = await import('@ai-sdk/google-vertex');
    const place = { headers, ...(baseUrl === undefined ? {} : { baseURL: baseUrl }) };
    if (!secret.trimStart().startsWith('{')) return createVertex({ ...place, apiKey: secret })(model);
    const credentials = JSON.parse(secret) as Record<string, string>;
    return createVertex({ ...place, project, location: region, googleAuthOptions: { credentials } })(model);
  },
  options: (request) => ({ google: mediaResolution(request), vertex: mediaResolution(request) }),
  schemaBy: 'api',
  missing({ keys, project, region }) {
    const accounts = keys.filter(({ secret }) => secret.trimStart().startsWith('{'));
    if (accounts.length > 0 && (project === undefined || region === undefined)) {
      return 'a service account needs "project" and "region"';
    }
    return accounts.every(({ secret }) => isJson(secret)) ? undefined : 'its service account is not JSON';
  },
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
