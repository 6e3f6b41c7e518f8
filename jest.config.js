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
  moduleNameMapper: {
    '^@waybill/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.waybill'],
  ...more,
});

export default {
  maxWorkers: 2,
  projects: [
    project('unit', ['libs/**/*.spec.ts', 'apps/**/*.spec.ts']),
    project('integration', ['test/integration/**/*.spec.ts']),
    project('e2e', ['test/e2e/**/*.spec.ts']),
    project('faults', ['test/faults/**/*.spec.ts']),
  ],
};
