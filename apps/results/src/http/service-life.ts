import type { Server } from 'node:http';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

const closeIdleEveryMs = 50;

/** Ends answers that are held open (long polls, event streams) when the service stops. */
@Injectable()
export class ServiceLife implements OnModuleDestroy {
  private readonly ending = new AbortController();

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  /** Aborts when the service stops. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  /** A closing server waits for connections that fall idle later, when such an answer has ended: they are closed too. */
  onModuleDestroy(): void {
    this.ending.abort();
    const server = this.adapterHost.httpAdapter.getHttpServer() as Server;
    const timer = setInterval(() => server.closeIdleConnections(), closeIdleEveryMs).unref();
    server.once('close', () => clearInterval(timer));
  }
}
