/** Logistic regression over named and hashed features, by full steps with momentum: nothing is random. */
const bucketCount = 4096;
const steps = 400;
const rate = 0.6;
const shrinkage = { named: 0.0006, hashed: 0.0006 };
/** Features of fewer frames are left to their parts. */
const leastFrames = 3;
const round = (value) => Number(value.toFixed(3));

export function fitOrders(examples) {
  const framesOf = new Map();
  for (const { frame, features } of examples) {
    for (const name of features.named) framesOf.set(name, (framesOf.get(name) ?? new Set()).add(frame));
  }
  const names = [...framesOf]
    .filter(([, frames]) => frames.size >= leastFrames)
    .map(([name]) => name)
    .sort();
  const placeOf = new Map(names.map((name, at) => [name, at]));
  const rows = examples.map(({ features, isOrder, weight }) => ({
    places: [
      ...features.named.flatMap((name) => placeOf.get(name) ?? []),
      ...features.hashed.map((bucket) => names.length + bucket),
    ],
    truth: isOrder ? 1 : 0,
    weight,
  }));
  const weights = weigh(rows, names.length);
  const kept = names.flatMap((name, at) => (round(weights[at]) === 0 ? [] : [[name, round(weights[at])]]));
  return {
    bias: round(weights.at(-1)),
    meanings: Object.fromEntries(kept),
    pieces: Array.from({ length: bucketCount }, (_, bucket) => round(weights[names.length + bucket])),
  };
}

function weigh(rows, namedCount) {
  const size = namedCount + bucketCount + 1;
  const [weights, speed, slope] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  // Both sides count the same.
  const orders = rows.filter(({ truth }) => truth === 1).length;
  const sides = [rows.length / (2 * (rows.length - orders)), rows.length / (2 * orders)];
  for (let step = 0; step < steps; step += 1) {
    slope.fill(0);
    for (const { places, truth } of rows) {
      let sum = weights[size - 1];
      for (const place of places) sum += weights[place];
      const error = ((1 / (1 + Math.exp(-sum)) - truth) * sides[truth]) / rows.length;
      for (const place of places) slope[place] += error;
      slope[size - 1] += error;
    }
    for (let at = 0; at < size; at += 1) {
      const shrink = at === size - 1 ? 0 : at < namedCount ? shrinkage.named : shrinkage.hashed;
      speed[at] = 0.9 * speed[at] - rate * (slope[at] + shrink * weights[at]);
      weights[at] += speed[at];
    }
  }
  return weights;
}

export function probabilityOf({ bias, meanings, pieces }, { named, hashed }) {
  const sum =
    named.reduce((total, name) => total + (meanings[name] ?? 0), bias) +
    hashed.reduce((total, bucket) => total + (pieces[bucket] ?? 0), 0);
  return 1 / (1 + Math.exp(-sum));
}
