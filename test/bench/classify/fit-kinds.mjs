/** Multinomial logistic regression over features and their squares, with shrinkage, by Adam over all examples at once. No randomness: repeatable. */

const rounds = 400;
const rate = 0.05;
const mostDeviations = 3;

/**
 * Fits `kinds` on examples `{ kind, features, weight }`. Features are standardised by the weighted examples and cut at
 * three deviations, as the product does. Gives a KindModel.
 */
export function fitKinds(examples, kinds, { shrinkage, version }) {
  const names = Object.keys(examples[0].features);
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  const average = (of) => examples.reduce((sum, example) => sum + example.weight * of(example), 0) / total;
  const mean = names.map((name) => average(({ features }) => features[name]));
  const deviation = names.map(
    (name, at) => Math.sqrt(average(({ features }) => (features[name] - mean[at]) ** 2)) + 1e-3,
  );
  const width = 2 * names.length + 1;
  const inputs = new Float64Array(examples.length * width);
  examples.forEach(({ features }, row) => {
    inputs[row * width] = 1;
    names.forEach((name, at) => {
      const value = (features[name] - mean[at]) / deviation[at];
      const cut = Math.max(-mostDeviations, Math.min(mostDeviations, value));
      inputs[row * width + at + 1] = cut;
      inputs[row * width + names.length + at + 1] = (cut * cut) / mostDeviations;
    });
  });
  const truths = examples.map(({ kind }) => kinds.indexOf(kind));
  const shares = examples.map(({ weight }) => weight / total);
  const weights = descend({ inputs, truths, shares, width, count: kinds.length, shrinkage });
  const rounded = (numbers) => Array.from(numbers, (value) => Number(value.toPrecision(5)));
  return {
    version,
    features: names,
    mean: rounded(mean),
    deviation: rounded(deviation),
    weights: Object.fromEntries(
      kinds.map((kind, at) => [kind, rounded(weights.subarray(at * width, (at + 1) * width))]),
    ),
  };
}

function descend({ inputs, truths, shares, width, count, shrinkage }) {
  const size = width * count;
  const [weights, slope, first, second] = [0, 0, 0, 0].map(() => new Float64Array(size));
  const scores = new Float64Array(count);
  for (let round = 1; round <= rounds; round += 1) {
    for (let at = 0; at < size; at += 1) slope[at] = at % width === 0 ? 0 : shrinkage * weights[at];
    for (let row = 0; row < truths.length; row += 1) {
      const from = row * width;
      let highest = -Infinity;
      for (let kind = 0; kind < count; kind += 1) {
        let sum = 0;
        for (let at = 0; at < width; at += 1) sum += inputs[from + at] * weights[kind * width + at];
        scores[kind] = sum;
        if (sum > highest) highest = sum;
      }
      let powers = 0;
      for (let kind = 0; kind < count; kind += 1) powers += scores[kind] = Math.exp(scores[kind] - highest);
      for (let kind = 0; kind < count; kind += 1) {
        const error = shares[row] * (scores[kind] / powers - (truths[row] === kind ? 1 : 0));
        for (let at = 0; at < width; at += 1) slope[kind * width + at] += error * inputs[from + at];
      }
    }
    for (let at = 0; at < size; at += 1) {
      first[at] = 0.9 * first[at] + 0.1 * slope[at];
      second[at] = 0.99 * second[at] + 0.01 * slope[at] * slope[at];
      const step = first[at] / (1 - 0.9 ** round) / (Math.sqrt(second[at] / (1 - 0.99 ** round)) + 1e-9);
      weights[at] -= rate * step;
    }
  }
  return weights;
}

/** The same examples, weighted so that all of one kind together count 1, or what `weights` says for the kind. */
export function evenlyWeighted(examples, weights) {
  const counts = new Map();
  for (const { kind } of examples) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return examples.map((example) => ({
    ...example,
    weight: (weights[example.kind] ?? 1) / counts.get(example.kind),
  }));
}
