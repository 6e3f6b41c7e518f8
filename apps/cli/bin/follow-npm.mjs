/**
 * `npm run` starts a shell that starts this process, and passes SIGTERM and SIGINT on to the shell alone. Most shells end
 * by them and leave this process behind. So it watches for the end of its shell and then ends as if the signal had reached it.
 * Without npm nothing is watched: who starts a process in the background and leaves means it to stay.
 */
export function followNpm() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  watch.unref();
}
