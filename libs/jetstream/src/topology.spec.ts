import { describe, expect, it } from '@jest/globals';
import { consumers, serviceNames, streams } from '@waybill/contracts';
import {
  advisoryConsumerConfig,
  consumerConfig,
  consumersOf,
  differences,
  streamConfig,
  wantedConsumers,
} from './topology.js';

const environment = { WAYBILL_STREAM_REPLICAS: 3, WAYBILL_ACK_WAIT_MS: undefined };

describe('what the server shall have', () => {
  it('follows the contracts', () => {
    expect(streamConfig(streams.pages, 3)).toMatchObject({
      name: 'WAYBILL_PAGES',
      retention: 'workqueue',
      num_replicas: 3,
      allow_direct: true,
      discard: 'new',
      duplicate_window: 600e9,
    });
    expect(consumerConfig(consumers.readPage, environment)).toMatchObject({
      durable_name: 'ocr-read-page',
      ack_wait: 30e9,
      max_deliver: 1003,
    });
  });

  it('takes the operator’s ack wait for every consumer', () => {
    const wanted = wantedConsumers({ ...environment, WAYBILL_ACK_WAIT_MS: 700 });
    expect(new Set(wanted.map(({ config }) => config.ack_wait))).toEqual(new Set([700e6]));
  });

  it('lets each advisory be heard by the one service whose consumer it is about', () => {
    const heard = serviceNames.flatMap((service) => advisoryConsumerConfig(service, environment).filter_subjects);
    expect(heard).toHaveLength(Object.keys(consumers).length);
    expect(new Set(heard).size).toBe(heard.length);
    for (const service of serviceNames) expect(consumersOf(service).length).toBeGreaterThan(0);
  });
});

describe('differences', () => {
  it('are named with both values; the order of subjects does not matter, and other fields neither', () => {
    const wanted = { subjects: ['a', 'b'], retention: 'workqueue', max_bytes: 1 };
    expect(
      differences(wanted, { subjects: ['b', 'a'], retention: 'workqueue', max_bytes: 2 }, ['subjects', 'retention']),
    ).toEqual([]);
    expect(differences(wanted, { subjects: ['a'], retention: 'limits' }, ['subjects', 'retention'])).toEqual([
      'subjects is ["a"], not ["a","b"]',
      'retention is "limits", not "workqueue"',
    ]);
    expect(differences({ x: 1 }, {}, ['x'])).toEqual(['x is unset, not 1']);
  });
});
