import { Module, type DynamicModule, type InjectionToken, type ModuleMetadata } from '@nestjs/common';
import type { AnswerJournal } from '@waybill/llm-routing';
import { JetStreamAnswerJournal } from './jetstream/jetstream-answer-journal.js';
import { keptWithJobs } from './kept-with-jobs.js';

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
        keptWithJobs(ANSWER_JOURNAL, connection, (nats, options): Promise<AnswerJournal> =>
          JetStreamAnswerJournal.open(nats, options),
        ),
      ],
      exports: [ANSWER_JOURNAL],
    };
  }
}
