/** PEM files that a server speaks TLS with. */
export interface ServerTls {
  readonly certFile: string;
  readonly keyFile: string;
  /** The authority of its clients: NATS asks each for a certificate then, Postgres notes those that are shown. */
  readonly clientCaFile?: string;
}
