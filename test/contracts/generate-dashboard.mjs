/**
 * Writes deploy/monitoring/dashboard.json from the list of metrics in libs/telemetry, transpiled by itself, so that no
 * build is needed before.  `npm run dashboard:generate`
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');
const compiled = join(root, '.waybill/cache/telemetry');
const target = 'deploy/monitoring/dashboard.json';

await mkdir(compiled, { recursive: true });
for (const name of ['dashboard', 'metric-list', 'metric-definition']) {
  const source = await readFile(join(root, 'libs/telemetry/src', `${name}.ts`), 'utf8');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
  });
  await writeFile(join(compiled, `${name}.js`), outputText);
}
const { telemetryDashboard } = await import(pathToFileURL(join(compiled, 'dashboard.js')).href);
await writeFile(join(root, target), `${JSON.stringify(telemetryDashboard(), null, 2)}\n`);
console.log(target);
