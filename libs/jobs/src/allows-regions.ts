/**
 * Whether a job allows everywhere that something may be processed. A job that names no regions allows all; this machine
 * (`local`) is always allowed; `eu` allows `eu-central-1`. What is unknown is not allowed.
 * @param regions where it may be processed; undefined for unknown
 */
export function allowsRegions(allowed: readonly string[] | undefined, regions: readonly string[] | undefined): boolean {
  if (allowed === undefined) return true;
  return (
    regions?.every(
      (region) => region === 'local' || allowed.some((one) => region === one || region.startsWith(`${one}-`)),
    ) ?? false
  );
}
