/**
 * Preloaded into the ocr service: the second page of the job `poisoned` kills the process with SIGKILL at every
 * attempt, when its reading is about to be told. Nothing of the service can notice or report it.
 */
const stringify = JSON.stringify;
JSON.stringify = function stringifyOrDie(value, ...more) {
  if (value?.type === 'page-read' && value.jobId === 'poisoned' && value.page === 2) {
    process.kill(process.pid, 'SIGKILL');
  }
  return stringify(value, ...more);
};
