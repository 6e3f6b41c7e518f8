/** The bar to clear: the class of a page by three colour statistics alone, with bounds set by hand. */

const paperLevel = 8;

/** Mean saturation, share of pixels in the commonest shade, and how many of 32 shades are in use. */
export function classByColours({ data, channels }) {
  const pixels = data.length / channels;
  const shades = new Uint32Array(32);
  let spreads = 0;
  for (let from = 0; from < data.length; from += channels) {
    const [red, green, blue] = channels === 1 ? [data[from], data[from], data[from]] : data.subarray(from, from + 3);
    spreads += Math.max(red, green, blue) - Math.min(red, green, blue);
    shades[Math.floor((red + green + blue) / 3 / paperLevel)] += 1;
  }
  const saturation = spreads / (255 * pixels);
  const commonest = Math.max(...shades) / pixels;
  const used = shades.filter((count) => count > 0.005 * pixels).length;
  if (commonest < 0.35 && used > 12) return 'photo';
  return saturation > 0.02 ? 'visual' : 'dense';
}
