import { describe, expect, it } from '@jest/globals';
import { loadEnvironment } from './config.js';
import { installationHops, statedHops } from './installation-hops.js';

const regionsOf = (variables: Record<string, string>): Record<string, string | undefined> =>
  Object.fromEntries(
    installationHops(loadEnvironment(variables)).map(({ kind, regions }) => [kind, regions?.join(', ')]),
  );
const bucket = { WAYBILL_DOCUMENT_STORE: 's3://papers', WAYBILL_S3_REGION: 'eu-west-1' };

describe('where an installation is', () => {
  it.each([
    ['is unknown where nothing is stated', {}, {}],
    [
      'is one region where that is stated alone',
      { WAYBILL_REGION: 'eu-central-1' },
      { messages: 'eu-central-1', database: 'eu-central-1', 'document-store': 'eu-central-1' },
    ],
    [
      'follows what is stated of a server, also for the documents in it',
      { WAYBILL_REGION: 'eu-central-1', WAYBILL_NATS_REGION: 'us', WAYBILL_DATABASE_REGION: 'ap' },
      { messages: 'us', database: 'ap', 'document-store': 'us' },
    ],
    ['knows a bucket of S3 by its region', bucket, { 'document-store': 'eu-west-1' }],
    ['does not know where an endpoint is', { ...bucket, WAYBILL_S3_ENDPOINT: 'https://minio.example' }, {}],
    [
      'believes what is stated of the store before all',
      { ...bucket, WAYBILL_DOCUMENT_STORE_REGION: 'us' },
      { 'document-store': 'us' },
    ],
  ])('%s', (_what, variables, regions) => {
    const home = (variables as Record<string, string>)['WAYBILL_REGION'];
    expect(regionsOf(variables)).toEqual({
      ...{ services: home, messages: undefined, database: undefined, 'document-store': undefined },
      ...regions,
    });
  });

  it('stands in receipts only where something is stated', () => {
    expect(statedHops(loadEnvironment({}))).toEqual([]);
    expect(statedHops(loadEnvironment({ WAYBILL_REGION: 'local' }))).toHaveLength(4);
  });
});
