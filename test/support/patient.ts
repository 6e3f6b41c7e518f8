/**
 * For managers of JetStream: a loaded server may answer late, and one that has just found its cluster does not know of itself
 * whether JetStream is there.
 */
export const patient = { timeout: 60_000, checkAPI: false };

/** For databases whose tests are about what is in them, not about how soon a connection is there. */
export const patientDatabase = { connectTimeoutMs: 60_000, statementTimeoutMs: 120_000 };
