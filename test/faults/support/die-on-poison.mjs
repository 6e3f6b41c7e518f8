/**
 * Preloaded into the ocr service: the second page of the job `poisoned` ends the process at every attempt, when its reading is
 * about to be told; nothing of the service can notice or report it. WAYBILL_FAULT_HOW says how: by SIGKILL, or `memory`: it
 * takes memory until the process has none left.
 */
const stringify = JSON.stringify;
JSON.stringify = function stringifyOrDie(value, ...more) {
  if (value?.type === 'page-read' && value.jobId === 'poisoned' && value.page === 2) {
    if (process.env.WAYBILL_FAULT_HOW === 'memory') takeAllMemory();
    process.kill(process.pid, 'SIGKILL');
  }
  return stringify(value, ...more);
};

function takeAllMemory() {
  for (const taken = []; ;) taken.push(Array.from({ length: 10_000 }, (_, at) => ({ at })));
}
