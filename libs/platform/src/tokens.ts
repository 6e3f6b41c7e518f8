/** The typed, frozen environment of the process. */
export const ENVIRONMENT = Symbol('ENVIRONMENT');
/** The pino logger of the process. */
export const LOGGER = Symbol('LOGGER');
