import { Module, type DynamicModule, type InjectionToken, type ModuleMetadata } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { streams } from '@waybill/contracts';
import type { AnswerJournal } from '@waybill/llm-routing';
import { ENVIRONMENT, SEALER, type Environment } from '@waybill/platform';
import type { Sealer } from '@waybill/sealing';
import { JetStreamAnswerJournal } from './jetstream/jetstream-answer-journal.js';

/** The port `AnswerJournal` of `@waybill/llm-routing`. */
export const ANSWER_JOURNAL = Symbol('ANSWER_JOURNAL');

/** Provides ANSWER_JOURNAL. Answers are kept as long as the events of their jobs. */
@Module({})
export class AnswerJournalModule {
  /**
   * The journal inside NATS, over a connection that somebody else opens and closes.
   * @param connection token of a NatsConnection; `imports` are the modules that provide it, unless they are global.
   */
  static forConnection(connection: InjectionToken, imports: ModuleMetadata['imports'] = []): DynamicModule {
    return {
      module: AnswerJournalModule,
      imports,
      providers: [
        {
          provide: ANSWER_JOURNAL,
          inject: [connection, ENVIRONMENT, SEALER],
          useFactory: (nats: NatsConnection, environment: Environment, sealer: Sealer): Promise<AnswerJournal> =>
            JetStreamAnswerJournal.open(nats, {
              sealer,
              replicas: environment.WAYBILL_STREAM_REPLICAS,
              keepMs: streams.events.maxAgeMs,
            }),
        },
      ],
      exports: [ANSWER_JOURNAL],
    };
  }
}
