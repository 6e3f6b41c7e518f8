/** Rows of a matrix, of each only what is not zero: entries `starts[row]` to `starts[row + 1]`. */
export interface SparseRows {
  readonly starts: Uint32Array;
  readonly columns: Uint32Array;
  readonly values: Float64Array;
  readonly width: number;
}

const mostRounds = 40;
const closeEnough = 1e-6;

/**
 * Weights w that make ||A w - y||² + shrinkage x ||w||² least, by conjugate gradients on the normal equations
 * (Hestenes and Stiefel 1952). The same input gives the same weights, bit by bit.
 */
export function solveRidge(rows: SparseRows, targets: Float64Array, shrinkage: number): Float64Array {
  const weights = new Float64Array(rows.width);
  const rest = timesTransposed(rows, targets);
  const direction = rest.slice();
  const first = dot(rest, rest);
  let length = first;
  for (let round = 0; round < mostRounds && length > closeEnough * first; round += 1) {
    const image = timesTransposed(rows, times(rows, direction));
    for (let at = 0; at < image.length; at += 1) image[at] = (image[at] ?? 0) + shrinkage * (direction[at] ?? 0);
    const step = length / dot(direction, image);
    addTimes(weights, step, direction);
    addTimes(rest, -step, image);
    const next = dot(rest, rest);
    for (let at = 0; at < rest.length; at += 1) {
      direction[at] = (rest[at] ?? 0) + (next / length) * (direction[at] ?? 0);
    }
    length = next;
  }
  return weights;
}

function times({ starts, columns, values }: SparseRows, vector: Float64Array): Float64Array {
  const product = new Float64Array(starts.length - 1);
  for (let row = 0; row < product.length; row += 1) {
    const end = starts[row + 1] as number;
    let sum = 0;
    for (let at = starts[row] as number; at < end; at += 1) {
      sum += (values[at] as number) * (vector[columns[at] as number] as number);
    }
    product[row] = sum;
  }
  return product;
}

function timesTransposed({ starts, columns, values, width }: SparseRows, vector: Float64Array): Float64Array {
  const product = new Float64Array(width);
  for (let row = 0; row < vector.length; row += 1) {
    const factor = vector[row] as number;
    const end = starts[row + 1] as number;
    for (let at = starts[row] as number; at < end; at += 1) {
      const column = columns[at] as number;
      product[column] = (product[column] as number) + factor * (values[at] as number);
    }
  }
  return product;
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] as number) * (other[at] as number);
  return sum;
}

function addTimes(to: Float64Array, factor: number, vector: Float64Array): void {
  for (let at = 0; at < to.length; at += 1) to[at] = (to[at] as number) + factor * (vector[at] as number);
}
