/** The typed, frozen environment of the process. */
export const ENVIRONMENT = Symbol('ENVIRONMENT');
/** The pino logger of the process. */
export const LOGGER = Symbol('LOGGER');
/** `Sealer` of the sealing library: encrypts content before it is stored. */
export const SEALER = Symbol('SEALER');
/** `MasterKeys` of the sealing library, or undefined: who wraps the keys that encrypt content. */
export const MASTER_KEYS = Symbol('MASTER_KEYS');
