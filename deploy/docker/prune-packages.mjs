/**
 * Takes out of installed packages what no process of the image ever loads: sources and declarations that Node cannot run, source maps,
 * builds for browsers, data that another part of the same package replaces.
 *
 *   node deploy/docker/prune-packages.mjs NODE_MODULES
 *
 * A place that is named here and is not there ends it with 1, so that the list is looked at when a package changes.
 */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { globSync } from 'tinyglobby';

/** Files that Node does not load out of packages. */
const idleFile =
  /\.(map|ts|tsx|mts|cts|flow|md|mdx|markdown|tsbuildinfo)$|^(yarn\.lock|\.editorconfig|\.gitattributes|\.npmignore)$/i;
const licence = /licen[sc]e|copying|notice/i;

/** Places within packages, and why nothing asks for them. */
export const unusedPlaces = [
  { of: '@tesseract.js-data/eng', place: '4.0.0', because: 'pages are read with 4.0.0_best_int' },
  { of: 'tesseract.js-core', place: '*.wasm.js', because: 'browsers load the program out of a script' },
  {
    of: 'tesseract.js-core',
    place: 'tesseract-core{,-simd,-relaxedsimd}.{js,wasm}',
    because: 'only LSTM is asked for',
  },
  { of: 'tesseract.js', place: 'dist', because: 'built for browsers' },
  { of: 'typeorm', place: 'browser', because: 'built for browsers' },
  { of: 'pdf-lib', place: '{dist,es}', because: 'Node takes cjs' },
  { of: 'rxjs', place: 'dist/{bundles,esm,esm5}', because: 'Node takes dist/cjs' },
  { of: '@hyzyla/pdfium', place: 'dist/*base64*', because: 'pdfium.wasm is read as it is' },
  { of: '@hyzyla/pdfium', place: 'dist/index.esm.{browser,cdn,worker}.js', because: 'built for browsers' },
  { of: 'libheif-js', place: 'libheif', because: 'the WebAssembly build is taken' },
  {
    of: 'libheif-js',
    place: 'libheif-wasm/{libheif-bundle.mjs,libheif.js,libheif.wasm}',
    because: 'the bundle is taken',
  },
  { of: 'libphonenumber-js', place: '{bundle,source,es6-modern}', because: 'Node takes es6' },
  { of: 'zxing-wasm', place: 'dist/{full,writer,iife,miniprogram}', because: 'codes are only read' },
];

/** The places of the list that `nodeModules` has, each as a path, and those that it lacks. */
export function findUnusedPlaces(nodeModules) {
  const found = unusedPlaces.map(({ of, place }) => {
    const cwd = join(nodeModules, of);
    const paths = globSync(place, { cwd, onlyFiles: false, expandDirectories: false });
    return { of, place, paths: paths.map((path) => join(cwd, path)) };
  });
  return { paths: found.flatMap(({ paths }) => paths), missing: found.filter(({ paths }) => paths.length === 0) };
}

function removeIdleFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) removeIdleFiles(path);
    else if (idleFile.test(entry.name) && !licence.test(entry.name)) rmSync(path);
  }
}

function sizeOf(path) {
  if (!statSync(path).isDirectory()) return statSync(path).size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const nodeModules = process.argv[2] ?? 'node_modules';
  const before = sizeOf(nodeModules);
  const { paths, missing } = findUnusedPlaces(nodeModules);
  for (const path of paths) rmSync(path, { recursive: true });
  rmSync(join(nodeModules, '.bin'), { recursive: true, force: true });
  removeIdleFiles(nodeModules);
  console.log(`Packages: ${Math.round(before / 1e6)} MB, after pruning ${Math.round(sizeOf(nodeModules) / 1e6)} MB`);
  for (const { of, place } of missing)
    console.error(`${of} has no ${place}; correct the list of deploy/docker/prune-packages.mjs.`);
  if (missing.length > 0) process.exitCode = 1;
}
