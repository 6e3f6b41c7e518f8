/**
 * What `fast-check` stands for in the suite: properties are drawn from one seed, so that a change is judged by what it
 * changed. `npm run fuzz -- --only properties --seed N` looks elsewhere.
 */
import fc from '../../node_modules/fast-check/lib/fast-check.js';

fc.configureGlobal({ seed: Number(process.env.WAYBILL_PROPERTY_SEED ?? 1) });

export * from '../../node_modules/fast-check/lib/fast-check.js';
export default fc;
