/** Of the bare hop: its stream, and the subjects of what goes in and what comes out. */
export const bareStream = 'BENCH_BARE';
export const bareWork = 'bench.bare.work';
export const bareDone = 'bench.bare.done';
export const bareSubjects = [bareWork, bareDone];
