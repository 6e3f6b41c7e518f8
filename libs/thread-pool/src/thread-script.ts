/**
 * The compiled script of a thread, from the address of a module beside it. A test runner compiles modules in memory,
 * but a thread starts from a file: a module that is still TypeScript is taken to its place in the build.
 */
export function threadScript(name: string, besideUrl: string): URL {
  const script = new URL(`./${name}.js`, besideUrl);
  if (besideUrl.endsWith('.ts'))
    script.pathname = script.pathname.replace(/\/(libs|apps)\/(?!.*\/(libs|apps)\/)/, '/dist/$1/');
  return script;
}
