/** The house rules: who may import whom. Each rule's comment says why. */
const pure =
  '^libs/(contracts|jobs|classification|document-layout|extraction|llm-routing|page-reading|identity|task-kinds|guardrails|secrets|sealing|telemetry)/';
const adapters = [
  'jetstream',
  'persistence',
  'model-providers',
  'ocr-engines',
  'documents',
  'document-store',
  'route-state',
  'guardrail-engines',
  'embedded-servers',
  'provider-simulator',
  'access',
  'key-management',
];

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle has no first file to read.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Nobody imports it.',
      from: {
        orphan: true,
        pathNot: [
          '(main|\\.spec|\\.worker|globals?-(setup|teardown))\\.ts$',
          '\\.d\\.ts$',
          '^test/',
          '\\.(cjs|js|mjs)$',
          '^libs/persistence/src/migrations/',
        ],
      },
      to: {},
    },
    {
      name: 'contracts-stand-alone',
      comment: 'Contracts are the shared language: nothing of ours below them.',
      severity: 'error',
      from: { path: '^libs/contracts/' },
      to: { path: '^(libs/(?!contracts/)|apps/)' },
    },
    {
      name: 'cores-are-pure',
      severity: 'error',
      comment: 'A core decides; adapters act.',
      from: { path: pure, pathNot: '\\.spec\\.ts$' },
      to: {
        path: `(^libs/(${adapters.join(
          '|',
        )}|platform)/|^apps/|node_modules/(@nestjs|@nats-io|typeorm|pg|undici|sharp|tesseract)|^(fs|node:fs|http|https|net|child_process)(/|$))`,
      },
    },
    {
      name: 'adapters-do-not-know-each-other',
      severity: 'error',
      comment: 'An adapter may use cores and the platform only.',
      from: { path: `^libs/(${adapters.join('|')})/`, pathNot: '\\.spec\\.ts$' },
      to: { path: `^libs/(${adapters.join('|')})/`, pathNot: '^libs/$1/' },
    },
    {
      name: 'platform-is-below',
      comment: 'The platform knows no room above it.',
      severity: 'error',
      from: { path: '^libs/platform/' },
      to: { path: '^(apps/|libs/(?!platform/|contracts/|jobs/|secrets/|telemetry/))' },
    },
    {
      name: 'nats-answers-are-below',
      comment: 'What all adapters to NATS have to know knows none of them.',
      severity: 'error',
      from: { path: '^libs/nats-answers/' },
      to: { path: '^(apps/|libs/(?!nats-answers/))' },
    },
    {
      name: 'apps-do-not-know-each-other',
      comment: 'Services meet over messages only.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'apps-use-no-driver',
      comment: 'Apps speak through ports, never to NATS or Postgres drivers.',
      severity: 'error',
      from: { path: '^apps/', pathNot: '\\.spec\\.ts$' },
      to: { path: '(node_modules/(@nats-io|typeorm|pg)|libs/nats-answers)/' },
    },
    {
      name: 'adapters-are-named-in-modules',
      comment: 'Which adapter serves a port is decided in *.module.ts.',
      severity: 'error',
      from: { path: '^apps/', pathNot: '(\\.module\\.ts|\\.spec\\.ts|main\\.ts|^apps/cli/.*)$' },
      to: { path: `^libs/(${adapters.filter((name) => name !== 'jetstream').join('|')})/` },
    },
    {
      name: 'enter-by-the-door',
      comment: 'A lib is entered through its src/index.ts. The fuzzer begins with what the libs’ own tests draw.',
      severity: 'error',
      from: { path: '^(libs/([^/]+)|apps|test)/', pathNot: '^test/fuzz/' },
      to: {
        path: '^libs/[^/]+/src/',
        pathNot: '^libs/($2/|[^/]+/src/index\\.ts$|client/src/server-sent-events\\.ts$)',
      },
    },
    {
      name: 'console-is-a-client',
      comment:
        'It speaks to the API: of the libraries it knows the types of the contracts, and how an event stream is read.',
      severity: 'error',
      from: { path: '^apps/console/src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/(?!client/src/server-sent-events)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'client-stands-alone',
      comment: 'Whoever uses it installs no server: of ours it needs the contracts, and how to wait.',
      severity: 'error',
      from: { path: '^libs/client/', pathNot: '\\.spec\\.ts$' },
      to: { path: '(^apps/|^libs/(?!(client|contracts|jobs)/)|node_modules/(@nestjs|typeorm|pg|sharp|tesseract))' },
    },
    {
      name: 'no-test-in-product',
      comment: 'The product does not depend on its tests.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '(^test/|\\.spec\\.ts$)' },
    },
    {
      name: 'no-dev-dependency-in-product',
      comment: 'The image installs production dependencies only.',
      severity: 'error',
      // The console is bundled: what it is made of is in the bundle. The client's package is made before it is installed.
      from: { path: '^(apps|libs)/', pathNot: '(\\.spec\\.ts$|^apps/console/|^libs/client/build-package)' },
      to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.waybill|\\.\\.)' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
