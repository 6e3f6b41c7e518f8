/** Sources are ESM TypeScript; aliases mirror `paths` in tsconfig.json. */
const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    {
      jsc: {
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
        target: 'es2023',
        keepClassNames: true,
        experimental: { keepImportAttributes: true },
      },
      module: { type: 'es6' },
      sourceMaps: 'inline',
    },
  ],
};

const project = (displayName, testMatch, more = {}) => ({
  displayName,
  testMatch: testMatch.map((pattern) => `<rootDir>/${pattern}`),
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform,
  cacheDirectory: '<rootDir>/.waybill/cache/jest',
  moduleNameMapper: {
    '^@waybill/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^fast-check$': '<rootDir>/test/support/seeded-fast-check.mjs',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.waybill'],
  ...more,
});

const withPostgres = {
  globalSetup: '<rootDir>/test/support/jest-global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/jest-global-teardown.mjs',
};

export default {
  maxWorkers: 2,
  // A limit for what hangs, not a wait: real servers start slowly on a busy machine.
  testTimeout: 180_000,
  projects: [
    project('unit', ['libs/**/*.spec.ts', 'apps/**/*.spec.ts']),
    project('integration', ['test/integration/**/*.spec.ts'], withPostgres),
    project('fuzz', ['test/fuzz/**/*.spec.ts']),
    project('e2e', ['test/e2e/**/*.spec.ts'], withPostgres),
    project('faults', ['test/faults/**/*.spec.ts'], withPostgres),
    project('soak', ['test/soak/**/*.spec.ts'], withPostgres),
  ],
};
