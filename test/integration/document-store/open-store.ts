import { Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import type { NatsConnection } from '@nats-io/transport-node';
import { DocumentStoreModule } from '@waybill/document-store';
import { ENVIRONMENT, loadEnvironment, SEALER } from '@waybill/platform';
import { plainSealer, type Sealer } from '@waybill/sealing';

const NATS = Symbol('NATS');

/** The store as services have it, from variables. Whoever opens it closes it. */
export async function openStore(
  nats: NatsConnection,
  variables: Readonly<Record<string, string>>,
  sealer: Sealer = plainSealer,
): Promise<TestingModule> {
  const given = [
    { provide: NATS, useValue: nats },
    { provide: ENVIRONMENT, useValue: loadEnvironment(variables) },
    { provide: SEALER, useValue: sealer },
  ];
  @Module({})
  class Given {}
  const around = { module: Given, providers: given, exports: given.map(({ provide }) => provide) };
  return await Test.createTestingModule({ imports: [DocumentStoreModule.forConnection(NATS, [around])] }).compile();
}
