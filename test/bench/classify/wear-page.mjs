/** What happens to a page before it arrives: copied, scanned, photographed, compressed. Pixels in, pixels out. */
import sharp from 'sharp';

const rawOf = ({ data, width, height, channels }) => sharp(data, { raw: { width, height, channels } });

async function pixelsOf(image) {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}

const wears = {
  clean: (page) => page,
  async compressed(page, random) {
    const bytes = await rawOf(page)
      .jpeg({ quality: random.whole(35, 85) })
      .toBuffer();
    return pixelsOf(sharp(bytes));
  },
  async scanned(page, random) {
    const turned = rawOf(page)
      .rotate(1.2 * random.normal(), { background: '#ffffff' })
      .grayscale();
    if (random.chance(0.5)) turned.blur(0.4 + 0.8 * random.next());
    const gray = await pixelsOf(turned.toColourspace('b-w'));
    const [gain, lift, grain] = [0.8 + 0.2 * random.next(), 25 * random.next(), 7 * random.next()];
    const isBinary = random.chance(0.35);
    const shade = random.chance(0.3) ? 30 * random.next() : 0;
    for (let at = 0; at < gray.data.length; at += 1) {
      const across = (at % gray.width) / gray.width;
      const value = gray.data[at] * gain + lift - shade * across + grain * random.normal();
      const clipped = Math.max(0, Math.min(255, value));
      gray.data[at] = isBinary ? (clipped > 150 ? 255 : 0) : clipped;
    }
    specks(gray, random);
    return random.chance(0.4) ? tinted(gray, random) : gray;
  },
  async photographed(page, random) {
    const margin = Math.round(page.width * 0.08 * random.next());
    const background = { r: random.whole(20, 160), g: random.whole(20, 140), b: random.whole(20, 120) };
    const extend = { top: margin, bottom: margin, left: margin, right: margin, background };
    const image = rawOf(page)
      .toColourspace('srgb')
      .rotate(2 * random.normal(), { background })
      .extend(extend);
    const photo = await pixelsOf(image.blur(0.5 + random.next()).removeAlpha());
    const tint = [1, 0.9 + 0.1 * random.next(), 0.8 + 0.2 * random.next()];
    const [gain, grain, fall] = [0.65 + 0.3 * random.next(), 2 + 6 * random.next(), 0.35 * random.next()];
    for (let at = 0; at < photo.data.length; at += 3) {
      const place = at / 3;
      const light = gain * (1 - fall * ((place % photo.width) / photo.width) * (place / photo.width / photo.height));
      const noise = grain * random.normal();
      for (const part of [0, 1, 2]) {
        photo.data[at + part] = Math.max(0, Math.min(255, photo.data[at + part] * light * tint[part] + noise));
      }
    }
    return photo;
  },
};

function specks({ data, width, height }, random) {
  for (let left = random.chance(0.5) ? random.whole(0, 200) : 0; left > 0; left -= 1) {
    const at = random.whole(0, width * (height - 2) - 2);
    data[at] = 0;
    if (random.chance(0.5)) data[at + 1] = 0;
    if (random.chance(0.5)) data[at + width] = 0;
  }
}

function tinted(gray, random) {
  const tint = [1, 0.95 + 0.05 * random.next(), 0.88 + 0.12 * random.next()];
  const data = new Uint8Array(gray.data.length * 3);
  for (let at = 0; at < gray.data.length; at += 1) {
    for (const part of [0, 1, 2]) data[at * 3 + part] = gray.data[at] * tint[part];
  }
  return { ...gray, data, channels: 3 };
}

const page = ['clean', 'clean', 'scanned', 'scanned', 'scanned', 'photographed'];
const program = ['clean', 'clean', 'clean', 'clean', 'compressed', 'scanned'];
const waysOf = {
  ...{ text: page, invoice: page, form: ['clean', 'scanned', 'scanned', 'scanned', 'photographed'] },
  ...{ table: ['clean', 'clean', 'clean', 'compressed', 'scanned'], blank: page, handwriting: page },
  ...{ receipt: ['clean', 'scanned', 'scanned', 'scanned', 'photographed'], photo: ['clean', 'compressed'] },
  ...{ chart: program, diagram: program, screenshot: ['clean', 'clean', 'clean', 'compressed'] },
};

/** The page as one of the ways in which pages of its kind arrive would leave it. */
export const wearPage = (kind, picture, random) => wears[random.pick(waysOf[kind])](picture, random);
