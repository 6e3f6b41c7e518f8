/** A page to draw on in points, origin top left, that remembers where its words stand. */
import { PDFDocument, rgb } from 'pdf-lib';

const faceNames = [
  ...['Helvetica', 'Helvetica-Bold', 'Helvetica-Oblique', 'Times-Roman', 'Times-Bold', 'Times-Italic'],
  ...['Courier', 'Courier-Bold'],
];
export const faceFamilies = [
  ['Helvetica', 'Helvetica-Bold'],
  ['Times-Roman', 'Times-Bold'],
  ['Courier', 'Courier-Bold'],
];
export const black = [0, 0, 0];
const inkOf = ([red, green, blue]) => rgb(red, green, blue);

/** Opens a document; `page(width, height)` adds a canvas, `save()` gives the bytes and the words of each page. */
export async function openDrawing() {
  const document = await PDFDocument.create();
  const faces = {};
  for (const name of faceNames) faces[name] = await document.embedFont(name);
  const canvases = [];
  return {
    page(width, height) {
      const canvas = canvasOf(document.addPage([width, height]), { width, height, faces });
      canvases.push(canvas);
      return canvas;
    },
    save: async () => ({
      bytes: await document.save(),
      pages: canvases.map(({ width, height, words }) => ({ width, height, words })),
    }),
  };
}

function canvasOf(page, { width, height, faces }) {
  const words = [];
  const widthOf = (text, { face = 'Helvetica', size = 10 } = {}) => faces[face].widthOfTextAtSize(text, size);
  return {
    width,
    height,
    words,
    widthOf,
    /** Text whose baseline is at `y`; `align` says what `x` is. */
    text(text, x, y, { face = 'Helvetica', size = 10, color = black, align = 'left', turn = 0 } = {}) {
      const long = widthOf(text, { face, size });
      const left = align === 'left' ? x : align === 'right' ? x - long : x - long / 2;
      const place = turn === 0 ? { x: left, y: height - y } : { x, y: height - y - long / 2 };
      page.drawText(text, {
        ...place,
        size,
        font: faces[face],
        color: inkOf(color),
        rotate: { type: 'degrees', angle: turn },
      });
      if (turn !== 0) return long;
      for (const match of text.matchAll(/\S+/g)) {
        const x0 = left + widthOf(text.slice(0, match.index), { face, size });
        words.push({
          text: match[0],
          box: [x0, y - size * 0.75, x0 + widthOf(match[0], { face, size }), y + size * 0.22],
        });
      }
      return long;
    },
    line(x0, y0, x1, y1, { color = black, thickness = 0.7, dash } = {}) {
      const [start, end] = [
        { x: x0, y: height - y0 },
        { x: x1, y: height - y1 },
      ];
      page.drawLine({ start, end, thickness, color: inkOf(color), ...(dash ? { dashArray: [dash, dash] } : {}) });
    },
    box(x, y, wide, high, { fill, border, thickness = 0.7 } = {}) {
      page.drawRectangle({
        ...{ x, y: height - y - high, width: wide, height: high, borderWidth: border ? thickness : 0 },
        ...(fill ? { color: inkOf(fill) } : {}),
        ...(border ? { borderColor: inkOf(border) } : {}),
      });
    },
    ellipse(x, y, across, down, { fill, border, thickness = 0.7 } = {}) {
      page.drawEllipse({
        ...{ x, y: height - y, xScale: across, yScale: down, borderWidth: border ? thickness : 0 },
        ...(fill ? { color: inkOf(fill) } : {}),
        ...(border ? { borderColor: inkOf(border) } : {}),
      });
    },
    /** An SVG path whose coordinates are the page's. */
    path(path, { fill, border, thickness = 1 } = {}) {
      page.drawSvgPath(path, {
        ...{ x: 0, y: height, borderWidth: border ? thickness : 0 },
        ...(fill ? { color: inkOf(fill) } : {}),
        ...(border ? { borderColor: inkOf(border) } : {}),
      });
    },
  };
}
