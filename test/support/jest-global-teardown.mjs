/** Stops the Postgres of `jest-global-setup.mjs`. */
export default async function stopSharedPostgres() {
  await globalThis.stopSharedPostgres?.();
}
