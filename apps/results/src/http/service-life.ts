import { Injectable, type OnModuleDestroy } from '@nestjs/common';

/** Tells answers that are held open (long polls, event streams) that the service is stopping. */
@Injectable()
export class ServiceLife implements OnModuleDestroy {
  private readonly ending = new AbortController();

  /** Aborts when the service stops. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  onModuleDestroy(): void {
    this.ending.abort();
  }
}
