/** Preloaded into services that are measured: tells over their channel how many bytes are in use once garbage is collected. */
process.on('message', (message) => {
  if (message?.type !== 'live-memory') return;
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  process.send({ type: 'live-memory', bytes: heapUsed + external });
});
// Only the service itself decides how long it lives.
process.channel?.unref();
